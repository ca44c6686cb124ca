package dev.linnet.core.exec;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** What backends on the CPU share: buffers in the heap, worker threads, a table of kernels. */
public abstract class HostBackend implements Backend {
  private static final int KERNELS = 20_000;

  /** Bytes of a core's second cache: 1 MB. */
  private static final long CACHE = 1 << 20;

  private final Workers workers;
  private final ConcurrentHashMap<OpKey, Kernel> kernels = new ConcurrentHashMap<>();

  /** Starts {@code threads − 1} worker threads. */
  protected HostBackend(int threads) {
    this.workers = new Workers(threads);
  }

  /** Makes the kernel of a key that was not asked for before. */
  protected abstract HostKernel create(OpKey key);

  /** The number of threads that a launch may use. */
  @Override
  public final int threads() {
    return workers.threads();
  }

  @Override
  public final Kernel kernel(OpKey key) {
    if (kernels.size() >= KERNELS) { // a search meets many shapes: kernels are cheap to make again
      kernels.clear();
    }
    return kernels.computeIfAbsent(key, k -> launcher(create(k)));
  }

  private Kernel launcher(HostKernel kernel) {
    return new Launcher(kernel, new Preparation(kernel), workers);
  }

  @Override
  public final Buffer allocate(int floats) {
    return new HostBuffer(new float[floats]);
  }

  /**
   * A core's second cache. Workers divide the images alike in every kernel, so each core meets its
   * own ones again.
   */
  @Override
  public final long cache() {
    return CACHE;
  }

  @Override
  public final void upload(float[] values, int from, Layout layout, Buffer buffer) {
    float[] array = ((HostBuffer) buffer).array();
    if (layout.isDense()) {
      System.arraycopy(values, from, array, 0, layout.floats());
      return;
    }
    int channels = layout.channels();
    int next = from;
    for (int n = 0; n < batch(layout); n++) {
      for (int h = 0; h < layout.height(); h++) {
        int to = layout.index(n, h, 0);
        for (int w = 0; w < layout.width(); w++, next += channels, to += layout.channelStride()) {
          System.arraycopy(values, next, array, to, channels);
          Arrays.fill(array, to + channels, to + layout.room(), 0);
        }
      }
    }
  }

  @Override
  public final void download(Buffer buffer, Layout layout, float[] values, int to) {
    float[] array = ((HostBuffer) buffer).array();
    if (layout.isDense()) {
      System.arraycopy(array, 0, values, to, layout.floats());
      return;
    }
    int channels = layout.channels();
    int next = to;
    for (int n = 0; n < batch(layout); n++) {
      for (int h = 0; h < layout.height(); h++) {
        int from = layout.index(n, h, 0);
        for (int w = 0; w < layout.width(); w++, next += channels, from += layout.channelStride()) {
          System.arraycopy(array, from, values, next, channels);
        }
      }
    }
  }

  @Override
  public final void clearBorder(Buffer buffer, Layout layout) {
    float[] array = ((HostBuffer) buffer).array();
    for (int n = 0; n < layout.batch(); n++) {
      int from = n * layout.imageStride();
      for (int h = 0; h < layout.height(); h++) {
        int row = layout.index(n, h, 0);
        Arrays.fill(array, from, row, 0);
        from = row + layout.width() * layout.channelStride();
      }
      Arrays.fill(array, from, (n + 1) * layout.imageStride(), 0);
    }
  }

  private static int batch(Layout layout) {
    Shape shape = layout.shape();
    return shape.size() / (layout.height() * layout.width() * layout.channels());
  }

  @Override
  public void close() {
    workers.close();
    kernels.clear();
  }

  private record Launcher(HostKernel kernel, Preparation preparation, Workers workers)
      implements Kernel {
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
      workers.run(preparation, args);
    }

    @Override
    public int workspace() {
      return kernel.workspace();
    }

    @Override
    public void run(Args args) {
      workers.run(kernel, args);
    }
  }

  /** The preparation of a kernel, as workers run it. */
  private record Preparation(HostKernel kernel) implements HostKernel {
    @Override
    public int slices(int pass) {
      return kernel.preparations();
    }

    @Override
    public void run(Args args, int pass, int slice) {
      kernel.prepare(args, slice);
    }
  }
}
