package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Runs a new copy of {@link ConvTile} on small arrays until C2 has compiled it. All branches are
 * taken, or the compiled code would be thrown away at the first call that takes another one. The
 * number of loop iterations a call is chosen so that HotSpot compiles the method for calls, not a
 * version of it for entering a running loop: 625 calls of 24 iterations pass the threshold for the
 * former (15,000 calls and iterations), and are far from that for the latter (40,000 iterations). A
 * call too many is worse than waiting: once HotSpot wants to enter the running loop and its first
 * compiler has too few registers for that, it never compiles the method again.
 *
 * <p>What C2 made is measured: where {@link OperatorProfile} came too late, it may leave sums in
 * boxes, at a fifth of the speed, and only another copy may mend that.
 */
final class WarmUp {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;
  private static final int SHORT_CALLS = 250;
  private static final int FIRST_CALLS = 640;
  private static final int CALLS = 5;
  private static final int ROWS = 2;
  private static final int TAPS = 2;
  private static final int DEPTH = 6;
  private static final int LONG_DEPTH = 48;
  private static final int MOST_ROUNDS = 250;
  private static final int VERIFYING_ROUNDS = 25;
  private static final long PAUSE_MILLIS = 4;

  /** With a long queue of other methods, HotSpot compiles a new one without a profile at first. */
  private static final long COMPILERS_PAUSE_MILLIS = 80;

  /** Compiled, a multiplication of vectors takes 0.2 ns; not yet compiled by C2, more than 20. */
  private static final double NANOS_EACH = 3;

  /** How much longer than in the simplest tile a multiplication may take. Boxed: six times. */
  private static final double SLOWER = 2.5;

  private static final int SUMS = 8;
  private static final int SIMPLEST_CALLS = 400;
  private static final int SIMPLEST_DEPTH = 1_000;

  private WarmUp() {}

  /**
   * Warms a copy up.
   *
   * @return whether it has become fast; if not, another copy may
   */
  static boolean run(Tile tile, TileShape shape) {
    double longest = Math.max(NANOS_EACH / 10, SLOWER * Simplest.NANOS);
    Runner once = new Runner(tile, shape, ROWS, TAPS, DEPTH);
    Runner shortest = new Runner(tile, shape, 1, 1, 1);
    for (int i = 0; i < SHORT_CALLS; i++) { // interpreted
      shortest.run();
    }
    for (int i = 0; i < FIRST_CALLS; i++) {
      once.run();
    }
    return faster(once, NANOS_EACH, MOST_ROUNDS)
        && faster(new Runner(tile, shape, ROWS, TAPS, LONG_DEPTH), longest, VERIFYING_ROUNDS);
  }

  /** Runs until a multiplication takes less than {@code nanos}, or so many rounds have passed. */
  private static boolean faster(Runner runner, double nanos, int rounds) {
    for (int round = 0; round < rounds; round++) {
      if (runner.nanos() < nanos) {
        return true;
      }
      if (!pause(PAUSE_MILLIS)) { // the compiler needs the core more than this loop does
        return true;
      }
    }
    return false;
  }

  /** Sleeps; false if the thread was interrupted. */
  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A tile on arrays of its own. */
  private static final class Runner {
    private final Tile tile;
    private final Tile.Reduction reduction;
    private final float[] x;
    private final float[] w;
    private final float[] y;
    private final long multiplications;

    /** Of {@code rows × inner × each} iterations of the innermost loop. */
    Runner(Tile tile, TileShape shape, int rows, int inner, int each) {
      int width = shape.width();
      int taps = shape.taps() > 0 ? shape.taps() : inner;
      int depth = shape.taps() > 0 ? inner * each : each;
      this.tile = tile;
      this.reduction =
          new Tile.Reduction(
              rows, taps * depth, taps, depth, depth, 1, width, 0, 0, LANES, width, LANES);
      this.x = new float[(shape.rows() + shape.taps()) * shape.pixel() + rows * taps * depth];
      this.w = new float[(1 + rows * taps * depth) * width];
      this.y = new float[shape.rows() * width];
      this.multiplications = (long) rows * taps * depth * shape.rows() * shape.vectors();
    }

    void run() {
      tile.once(reduction, x, 0, w, 0, y, 0);
    }

    /** Nanoseconds that a multiplication of vectors takes, the best of a few calls. */
    double nanos() {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < CALLS; i++) {
        long before = System.nanoTime();
        run();
        best = Math.min(best, System.nanoTime() - before);
      }
      return (double) best / multiplications;
    }
  }

  /**
   * The simplest tile, to compare with: what this machine does in its first cache. Running it also
   * compiles the methods of vectors that all copies are made of; while those wait for the compiler,
   * it would treat the first copy badly.
   */
  private static final class Simplest {
    static final double NANOS = measured();

    private Simplest() {}

    private static double measured() {
      float[] x = new float[SUMS * LANES];
      float[] w = new float[2 * LANES];
      float[] y = new float[LANES];
      double best = Double.MAX_VALUE;
      for (int i = 0; i < SIMPLEST_CALLS; i++) {
        long before = System.nanoTime();
        sum(x, w, y);
        best = Math.min(best, (double) (System.nanoTime() - before) / (SUMS * SIMPLEST_DEPTH));
      }
      pause(COMPILERS_PAUSE_MILLIS);
      return best;
    }

    private static void sum(float[] x, float[] w, float[] y) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = FloatVector.zero(S);
      FloatVector s2 = FloatVector.zero(S);
      FloatVector s3 = FloatVector.zero(S);
      FloatVector s4 = FloatVector.zero(S);
      FloatVector s5 = FloatVector.zero(S);
      FloatVector s6 = FloatVector.zero(S);
      FloatVector s7 = FloatVector.zero(S);
      int i = 0;
      do {
        int at = i % LANES;
        FloatVector v = FloatVector.fromArray(S, w, at);
        s0 = FloatVector.broadcast(S, x[at]).fma(v, s0);
        s1 = FloatVector.broadcast(S, x[at + LANES]).fma(v, s1);
        s2 = FloatVector.broadcast(S, x[at + 2 * LANES]).fma(v, s2);
        s3 = FloatVector.broadcast(S, x[at + 3 * LANES]).fma(v, s3);
        s4 = FloatVector.broadcast(S, x[at + 4 * LANES]).fma(v, s4);
        s5 = FloatVector.broadcast(S, x[at + 5 * LANES]).fma(v, s5);
        s6 = FloatVector.broadcast(S, x[at + 6 * LANES]).fma(v, s6);
        s7 = FloatVector.broadcast(S, x[at + 7 * LANES]).fma(v, s7);
      } while (++i < SIMPLEST_DEPTH);
      s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7))).intoArray(y, 0);
    }
  }
}
