package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;

/** Another backend, for tests that look at some of what is asked of it. */
class ForwardingBackend implements Backend {
  private final Backend backend;

  ForwardingBackend(Backend backend) {
    this.backend = backend;
  }

  @Override
  public Buffer allocate(int floats) {
    return backend.allocate(floats);
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public String description() {
    return backend.description();
  }

  @Override
  public int channelStride(int channels) {
    return backend.channelStride(channels);
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    return backend.border(op, index, shape);
  }

  @Override
  public boolean writesSlices(OpKey key) {
    return backend.writesSlices(key);
  }

  @Override
  public int threads() {
    return backend.threads();
  }

  @Override
  public long cache() {
    return backend.cache();
  }

  @Override
  public long memory() {
    return backend.memory();
  }

  @Override
  public Replay replay(Runnable launches) {
    return backend.replay(launches);
  }

  @Override
  public void upload(float[] values, int from, Layout layout, Buffer buffer) {
    backend.upload(values, from, layout, buffer);
  }

  @Override
  public void clearBorder(Buffer buffer, Layout layout) {
    backend.clearBorder(buffer, layout);
  }

  @Override
  public void download(Buffer buffer, Layout layout, float[] values, int to) {
    backend.download(buffer, layout, values, to);
  }

  @Override
  public Kernel kernel(OpKey key) {
    return backend.kernel(key);
  }

  @Override
  public void close() {
    backend.close();
  }
}
