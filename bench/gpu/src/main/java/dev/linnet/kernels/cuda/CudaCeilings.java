package dev.linnet.kernels.cuda;

import dev.linnet.bench.gpu.Ceilings;
import dev.linnet.bench.gpu.Clock;
import dev.linnet.bench.gpu.Load;
import dev.linnet.core.exec.Args;
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

  /** What each sum is multiplied by: it stays finite however often. */
  static final float FACTOR = 0.999f;

  /** What is added to each sum. */
  static final float SUMMAND = 0.001f;

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
   * @param rounds of the multiply-adds
   * @param most bytes of the largest copy
   */
  CudaCeilings(int ordinal, int rounds, long most) {
    this.rounds = rounds;
    this.most = most;
    this.gpu = Gpu.open(ordinal, capability -> assembly());
    this.memory = new DeviceMemory(gpu);
    this.clock = new CudaEvents(gpu);
  }

  /** The assembly of the loops; the driver translates it for the device. */
  static Ptx assembly() {
    try (InputStream in = CudaCeilings.class.getResourceAsStream("peaks.ptx")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Ptx(Ptx.oldest(), text, Map.of("multiplyAdds", THREADS, "copyQuads", THREADS));
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
    double operations = 2.0 * blocks * THREADS * rounds * MULTIPLY_ADDS_A_ROUND;
    return new Load(multiplyAdds(blocks, y), operations);
  }

  /** The loop on some blocks; thread t of block b writes its sum to element {@code 256 b + t}. */
  Runnable multiplyAdds(int blocks, DeviceBuffer y) {
    Arguments arguments = new Arguments().output().ints(rounds).floats(FACTOR, SUMMAND);
    Stage stage = new Stage(gpu, "multiplyAdds", blocks, 1, 1, arguments);
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
    Stage stage = new Stage(gpu, "copyQuads", blocks, 1, 1, arguments);
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
