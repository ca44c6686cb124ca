package dev.linnet.bench.ceiling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/**
 * Measures the ceilings of this moment: the peak of multiply-adds, and what a triad moves over as
 * much memory as a kernel touches, so that a kernel within the cache is held against the cache.
 */
public final class Ceilings {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_FLOATS = 1024;
  private static final int MOST_FLOATS = 16 << 20; // 64 MiB an array: beyond any cache
  private static final int MULTIPLE = 64;
  private static final int ROUNDS = 20_000;
  private static final int REPETITIONS = 5;
  private static final double WARM_UP_SECONDS = 0.1;
  private static final double TRIAD_SECONDS = 2e-3;
  private static final float FACTOR = 0.5f;

  private final Loops loops;
  private final int threads;
  private final List<float[][]> arrays = new ArrayList<>();

  /** Read by nobody; keeps the loops from being left out. */
  private volatile float sink;

  /**
   * Allocates what the triad needs and has both loops compiled.
   *
   * @param threads as many run at a time
   * @param footprint bytes that the triad goes over, all threads together; 0 measures no triad
   */
  public Ceilings(int threads, long footprint) {
    this(
        ModuleLayer.boot().findModule(MODULE).isPresent()
            ? CompiledLoops.vector()
            : new ScalarLoops(),
        threads,
        footprint);
  }

  Ceilings(Loops loops, int threads, long footprint) {
    this.loops = loops;
    this.threads = threads;
    if (footprint > 0) {
      long floats = footprint / Float.BYTES / 3 / threads;
      int length = (int) Math.max(LEAST_FLOATS, Math.min(MOST_FLOATS, floats));
      for (int i = 0; i < threads; i++) {
        arrays.add(new float[3][length / MULTIPLE * MULTIPLE]);
      }
    }
    long end = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
    while (System.nanoTime() < end) {
      sink = loops.multiplyAdd(ROUNDS / 10, FACTOR);
      if (footprint > 0) {
        triads(0, 1);
      }
    }
  }

  /** Bits of a vector register. */
  public int bits() {
    return loops.bits();
  }

  /** Multiply-adds of all threads together, in GFLOP/s: two operations each. The best of five. */
  public double gflops() {
    double best = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      double seconds = seconds(thread -> sink = loops.multiplyAdd(ROUNDS, FACTOR));
      best = Math.max(best, 2.0 * ROUNDS * loops.macsPerRound() * threads / seconds / 1e9);
    }
    return best;
  }

  /**
   * The triad of all threads together, in GB/s: two values read and one written, and not the line
   * that the CPU may read before it writes. The best of five; 0 without a triad.
   */
  public double gigabytes() {
    if (arrays.isEmpty()) {
      return 0;
    }
    int length = arrays.get(0)[0].length;
    double once = seconds(thread -> triads(thread, 1));
    int sweeps = (int) Math.max(1, Math.min(1e6, TRIAD_SECONDS / once));
    double best = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      double seconds = seconds(thread -> triads(thread, sweeps));
      best = Math.max(best, 3.0 * Float.BYTES * length * sweeps * threads / seconds / 1e9);
    }
    return best;
  }

  /**
   * {@code a[i] = b[i] + s · c[i]}, in plain Java: the compiler makes vectors of it by itself, and
   * always the same.
   */
  static void triad(float[] a, float[] b, float[] c, float s) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + s * c[i];
    }
  }

  private void triads(int thread, int sweeps) {
    float[][] a = arrays.get(thread);
    for (int i = 0; i < sweeps; i++) {
      triad(a[0], a[1], a[2], FACTOR);
    }
  }

  /** The work of one thread, given its number. */
  private interface Work {
    void run(int thread);
  }

  /** From the moment when all threads begin to the moment when the last has ended. */
  private double seconds(Work work) {
    if (threads == 1) {
      long start = System.nanoTime();
      work.run(0);
      return (System.nanoTime() - start) / 1e9;
    }
    CyclicBarrier barrier = new CyclicBarrier(threads);
    for (int i = 1; i < threads; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                await(barrier);
                work.run(number);
                await(barrier);
              },
              "ceiling-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    await(barrier);
    long start = System.nanoTime();
    work.run(0);
    await(barrier);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement of the ceilings was interrupted", e);
    }
  }
}
