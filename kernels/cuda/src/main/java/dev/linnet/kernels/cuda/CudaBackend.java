package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An NVIDIA GPU. Values stay on the device; launches are enqueued in their order, and a download
 * waits for them. Channels are padded to a multiple of 4, so that four floats are fetched at once;
 * no kernel wants a border.
 */
public final class CudaBackend implements Backend {
  private static final int QUAD = 4;
  private static final int MOST_KERNELS = 20_000;

  private final String name;
  private final String description;
  private final Gpu gpu;
  private final DeviceMemory memory;
  private final Staging staging;
  private final Map<OpKey, Kernel> kernels = new HashMap<>();
  private final Set<GraphReplay> graphs = new HashSet<>();
  private boolean closed;

  /**
   * Opens a device.
   *
   * @param name what users choose it by
   * @param device its name
   * @param ordinal as the driver counts devices
   * @param precision one that the device has
   * @throws CudaException if the driver fails; nothing stays open
   */
  CudaBackend(String name, String device, int ordinal, Precision precision) {
    this.name = name;
    this.gpu = Gpu.open(ordinal, precision);
    this.memory = new DeviceMemory(gpu);
    try {
      this.staging = new Staging(gpu, memory);
    } catch (RuntimeException | Error e) {
      try {
        gpu.close();
      } catch (CudaException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
    this.description =
        "cuda ("
            + device
            + "), compute capability "
            + gpu.capability() / 10
            + "."
            + gpu.capability() % 10
            + ", kernels for sm_"
            + gpu.target()
            + (precision == Precision.FP32 ? "" : ", " + precision);
  }

  /** The device, for who measures it. */
  Gpu gpu() {
    return gpu;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public int channelStride(int channels) {
    return (channels + QUAD - 1) / QUAD * QUAD;
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    return 0;
  }

  @Override
  public long memory() {
    return gpu.memory();
  }

  @Override
  public Buffer allocate(int floats) {
    return memory.allocate(floats);
  }

  @Override
  public void upload(float[] values, int from, Layout layout, Buffer buffer) {
    gpu.makeCurrent();
    staging.upload(values, from, layout, (DeviceBuffer) buffer);
  }

  @Override
  public void download(Buffer buffer, Layout layout, float[] values, int to) {
    gpu.makeCurrent();
    staging.download((DeviceBuffer) buffer, layout, values, to);
  }

  @Override
  public Kernel kernel(OpKey key) {
    if (kernels.size() >= MOST_KERNELS) { // a search meets many shapes: kernels are cheap to make
      kernels.clear();
    }
    return kernels.computeIfAbsent(key, k -> Kernels.of(gpu, k));
  }

  @Override
  public void finish() {
    gpu.makeCurrent();
    gpu.synchronize();
  }

  /** A CUDA graph, where the driver has them. */
  @Override
  public Replay replay(Runnable launches) {
    return gpu.hasGraphs()
        ? new GraphReplay(gpu, launches, graphs)
        : Backend.super.replay(launches);
  }

  /** Gives memory and handles back; also where the device has failed. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    kernels.clear();
    try (gpu;
        memory;
        staging;
        Handles recorded = new Handles()) {
      graphs.forEach(graph -> graph.closeIn(recorded));
      graphs.clear();
      gpu.makeCurrentIn(recorded);
    }
  }
}
