package dev.linnet.kernels.opencl;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Device;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs on one OpenCL device, where all values stay from one launch to the next. */
final class OpenClBackend implements Backend {
  private static final int KERNELS = 20_000;
  private static final int GROUP = 64;

  private final String name;
  private final Device device;
  private final DeviceMemory memory;
  private final Transfers transfers;
  private final Map<OpKey, Kernel> kernels = new HashMap<>();

  /**
   * Builds the kernels.
   *
   * @param name what opens it again
   */
  OpenClBackend(String name, OpenCLDevice device) {
    this(name, device, Kernels.TRANSLATION);
  }

  /** Builds other kernels of the same names: what tools are tested with. */
  OpenClBackend(String name, OpenCLDevice device, Translation translation) {
    this.name = name;
    this.device = OpenCl.describe(device);
    this.memory = new DeviceMemory(device, translation);
    this.transfers = new Transfers(memory);
  }

  /** The names of the kernels that were never launched. */
  List<String> idle() {
    return memory.idle();
  }

  /** The memory and the kernels, for who measures them. */
  DeviceMemory device() {
    return memory;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "opencl (" + device.name() + ", " + device.details() + ")";
  }

  @Override
  public int channelStride(int channels) {
    return channels;
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    return 0;
  }

  @Override
  public Buffer allocate(int floats) {
    DeviceBuffer buffer = memory.take(floats);
    Map<String, Object> values = Map.of("y", buffer.offset(), "size", floats, "value", 0f);
    Range range = Range.create(Step.groups(floats, GROUP) * GROUP, GROUP);
    DeviceFunction fill = memory.function("Fill");
    memory.launch(fill, fill.arguments(range, values));
    return buffer;
  }

  @Override
  public void upload(float[] values, int from, Layout layout, Buffer buffer) {
    transfers.up(values, from, layout, (DeviceBuffer) buffer);
  }

  @Override
  public void download(Buffer buffer, Layout layout, float[] values, int to) {
    transfers.down((DeviceBuffer) buffer, layout, values, to);
  }

  @Override
  public Kernel kernel(OpKey key) {
    if (kernels.size() >= KERNELS) { // a search meets many shapes: they are cheap to plan again
      kernels.clear();
    }
    return kernels.computeIfAbsent(key, k -> new DeviceOperation(memory, Operations.plan(k)));
  }

  @Override
  public void close() {
    memory.close();
    kernels.clear();
  }
}
