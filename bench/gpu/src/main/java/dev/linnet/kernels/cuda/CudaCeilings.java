package dev.linnet.kernels.cuda;

import dev.linnet.bench.gpu.Ceilings;
import dev.linnet.bench.gpu.Clock;
import dev.linnet.bench.gpu.Load;
import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The loops of {@code peaks.cu}, on streams of their own. */
final class CudaCeilings implements Ceilings {
  /** What a round of {@code multiplyAdds} does in each thread. */
  static final int MULTIPLY_ADDS_A_ROUND = 16 * 16;

  /** What a round of {@code multiplyTensor} does, as a share of each thread. */
  static final int TENSOR_MULTIPLY_ADDS_A_ROUND = 8 * 8 * 16 * 8 * 8 / 32;

  /** What each sum is multiplied by: it stays finite however often. */
  static final float FACTOR = 0.999f;

  /** What is added to each sum. */
  static final float SUMMAND = 0.001f;

  /** The operands of tensor cores, which have them exactly. */
  static final float LEFT = 0.5f;

  /** The other one. */
  static final float RIGHT = 0.25f;

  private static final String MULTIPLY_ADDS = "multiplyAdds";
  private static final String MULTIPLY_TENSOR = "multiplyTensor";
  private static final String COPY = "copyQuads";
  private static final int TENSOR_CORES = 80; // the compute capability that has them for tf32
  private static final int THREADS = 256;
  private static final int BLOCKS = 8; // resident blocks of a multiprocessor: all of its threads
  private static final int WAVES = 4;
  private static final int QUAD_BYTES = 16;
  private static final int QUADS = 4; // that a thread of the copy has in flight

  private final Gpu gpu;
  private final DeviceMemory memory;
  private final Clock clock;
  private final int rounds;
  private final long most;

  /**
   * Loads the loops.
   *
   * @param precision of the multiply-adds: fp32, or tf32 on tensor cores
   * @param rounds of the multiply-adds
   * @param most bytes of the largest copy
   */
  CudaCeilings(int ordinal, Precision precision, int rounds, long most) {
    this.rounds = rounds;
    this.most = most;
    this.gpu = Gpu.open(ordinal, precision, capability -> assembly(precision));
    this.memory = new DeviceMemory(gpu);
    this.clock = new CudaEvents(gpu);
  }

  /** The assembly of the loops; the driver translates it for the device. */
  static Ptx assembly(Precision precision) {
    int target = precision == Precision.FP32 ? Ptx.oldest() : TENSOR_CORES;
    try (InputStream in = CudaCeilings.class.getResourceAsStream("peaks_" + target + ".ptx")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Integer> threads =
          Map.of(MULTIPLY_ADDS, THREADS, MULTIPLY_TENSOR, THREADS, COPY, THREADS);
      return new Ptx(target, text, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Load multiplyAdds() {
    int blocks = gpu.multiprocessors() * BLOCKS * WAVES;
    DeviceBuffer y = memory.allocate(blocks * THREADS);
    int each = tensor() ? TENSOR_MULTIPLY_ADDS_A_ROUND : MULTIPLY_ADDS_A_ROUND;
    return new Load(multiplyAdds(blocks, y), 2.0 * blocks * THREADS * rounds * each);
  }

  private boolean tensor() {
    return gpu.precision() == Precision.TF32;
  }

  /** The loop on some blocks; thread t of block b writes its sum to element {@code 256 b + t}. */
  Runnable multiplyAdds(int blocks, DeviceBuffer y) {
    Arguments arguments = new Arguments().output().ints(rounds);
    arguments = tensor() ? arguments.floats(LEFT, RIGHT) : arguments.floats(FACTOR, SUMMAND);
    String kernel = tensor() ? MULTIPLY_TENSOR : MULTIPLY_ADDS;
    Stage stage = new Stage(gpu, kernel, blocks, 1, 1, arguments);
    Args args = new Args(List.of(), y, null, null);
    return () -> stage.launch(args);
  }

  @Override
  public long most() {
    return most;
  }

  @Override
  public Load copy(long bytes) {
    int floats = (int) (bytes / 2 / Float.BYTES);
    return new Load(copy(memory.allocate(floats), memory.allocate(floats)), bytes);
  }

  /** Copies as many floats as both have, a multiple of four. */
  Runnable copy(DeviceBuffer x, DeviceBuffer y) {
    int quads = x.floats() * Float.BYTES / QUAD_BYTES;
    int blocks =
        Math.min(Stage.blocks(quads, THREADS * QUADS), gpu.multiprocessors() * BLOCKS * WAVES);
    Arguments arguments = new Arguments().input(0).output().ints(quads, blocks * THREADS);
    Stage stage = new Stage(gpu, COPY, blocks, 1, 1, arguments);
    Args args = new Args(List.of(x), y, null, null);
    return () -> stage.launch(args);
  }

  /** The memory that the loops work on. */
  DeviceMemory memory() {
    return memory;
  }

  /** The device that they run on. */
  Gpu gpu() {
    return gpu;
  }

  @Override
  public void close() {
    try (gpu;
        memory) {
      clock.close();
    }
  }
}
