package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Another backend that records every buffer that is asked for. */
final class CountingBackend implements Backend {
  private final Backend backend;
  private final List<Buffer> allocated = new ArrayList<>();

  CountingBackend(Backend backend) {
    this.backend = backend;
  }

  /** The buffers so far, in order. */
  List<Buffer> allocated() {
    return allocated;
  }

  /** The bytes so far. */
  long bytes() {
    return allocated.stream().mapToLong(b -> 4L * b.floats()).sum();
  }

  @Override
  public Buffer allocate(int floats) {
    Buffer buffer = backend.allocate(floats);
    allocated.add(buffer);
    return buffer;
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
  public int threads() {
    return backend.threads();
  }

  @Override
  public long cache() {
    return backend.cache();
  }

  @Override
  public void upload(float[] values, int from, Layout layout, Buffer buffer) {
    backend.upload(values, from, layout, buffer);
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
