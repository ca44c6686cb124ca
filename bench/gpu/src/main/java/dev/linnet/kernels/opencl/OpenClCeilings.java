package dev.linnet.kernels.opencl;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import dev.linnet.bench.gpu.Ceilings;
import dev.linnet.bench.gpu.Clock;
import dev.linnet.bench.gpu.Load;
import dev.linnet.kernels.opencl.device.CopyFloats;
import dev.linnet.kernels.opencl.device.Download;
import dev.linnet.kernels.opencl.device.Fill;
import dev.linnet.kernels.opencl.device.MultiplyAdds;
import dev.linnet.kernels.opencl.device.Upload;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;

/** The loops as kernels that Aparapi translates, in a memory of their own. */
final class OpenClCeilings implements Ceilings {
  /** What each sum is multiplied by: it stays finite however often. */
  static final float FACTOR = 0.999f;

  /** What is added to each sum. */
  static final float SUMMAND = 0.001f;

  private static final int GROUP = 64;

  private final DeviceMemory memory;
  private final Clock clock;
  private final int items;
  private final int rounds;
  private final long most;

  /**
   * Translates and builds the loops.
   *
   * @param items work items of the multiply-adds, a multiple of 64
   * @param rounds of each item
   * @param most bytes of the largest copy
   */
  OpenClCeilings(OpenCLDevice device, int items, int rounds, long most) {
    this.items = items;
    this.rounds = rounds;
    this.most = most;
    this.memory =
        new DeviceMemory(
            device,
            Translation.of(
                List.of(
                    new Fill(),
                    new Upload(),
                    new Download(),
                    new MultiplyAdds(),
                    new CopyFloats())));
    this.clock = new OpenClProfile(memory);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Load multiplyAdds() {
    double operations = 2.0 * items * rounds * MultiplyAdds.A_ROUND;
    return new Load(multiplyAdds(memory.take(items)), operations);
  }

  /** The loop; each item writes its sum. */
  Runnable multiplyAdds(DeviceBuffer y) {
    return launch(
        "MultiplyAdds",
        y.floats(),
        Map.of("y", y.offset(), "rounds", rounds, "factor", FACTOR, "summand", SUMMAND),
        y);
  }

  @Override
  public long most() {
    return most;
  }

  @Override
  public Load copy(long bytes) {
    int floats = (int) (bytes / 2 / Float.BYTES);
    return new Load(copy(memory.take(floats), memory.take(floats)), bytes);
  }

  /** Copies as many floats as both have. */
  Runnable copy(DeviceBuffer x, DeviceBuffer y) {
    return launch(
        "CopyFloats",
        x.floats(),
        Map.of("x", x.offset(), "y", y.offset(), "size", x.floats()),
        x,
        y);
  }

  /** A launch that holds its buffers, which are free as soon as nobody does. */
  private Runnable launch(
      String kernel, int count, Map<String, Object> values, DeviceBuffer... held) {
    DeviceFunction function = memory.function(kernel);
    Range range = Range.create(Step.groups(count, GROUP) * GROUP, GROUP);
    Object[] arguments = function.arguments(range, values);
    return () -> {
      try {
        memory.launchUncounted(function, arguments);
      } finally {
        Reference.reachabilityFence(held);
      }
    };
  }

  /** What the loops work on. */
  DeviceMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    memory.close();
  }
}
