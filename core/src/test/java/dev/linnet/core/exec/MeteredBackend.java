package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A backend that can say which of its kernels allocate when they run. */
final class MeteredBackend implements Backend {
  private final Backend backend;
  private final List<String> allocating = new ArrayList<>();
  private boolean metering;

  /** Closes {@code backend} with itself. */
  MeteredBackend(Backend backend) {
    this.backend = backend;
  }

  /** The kernels that allocate while work is done, each with its bytes. */
  List<String> allocating(Runnable work) {
    allocating.clear();
    metering = true;
    work.run();
    metering = false;
    return List.copyOf(allocating);
  }

  private void metered(Runnable work, OpKey key) {
    long bytes = Allocations.bytes(work);
    if (bytes > 0) {
      allocating.add(bytes + " bytes: " + key);
    }
  }

  /** Allocates nothing itself while nothing is metered. */
  private final class MeteredKernel implements Kernel {
    private final Kernel kernel;
    private final OpKey key;

    MeteredKernel(Kernel kernel, OpKey key) {
      this.kernel = kernel;
      this.key = key;
    }

    @Override
    public int workspace() {
      return kernel.workspace();
    }

    @Override
    public List<Integer> prepares() {
      return kernel.prepares();
    }

    @Override
    public int prepared() {
      return kernel.prepared();
    }

    @Override
    public void prepare(Args args) {
      if (metering) {
        metered(() -> kernel.prepare(args), key);
      } else {
        kernel.prepare(args);
      }
    }

    @Override
    public void run(Args args) {
      if (metering) {
        metered(() -> kernel.run(args), key);
      } else {
        kernel.run(args);
      }
    }
  }

  @Override
  public Kernel kernel(OpKey key) {
    return new MeteredKernel(backend.kernel(key), key);
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
  public Buffer allocate(int floats) {
    return backend.allocate(floats);
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
  public void close() {
    backend.close();
  }
}
