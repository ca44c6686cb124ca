package dev.linnet.kernels.vector;

/**
 * Runs a new copy of {@link ConvTile} on small arrays until C2 has compiled it. All branches are
 * taken, or the compiled code would be thrown away at the first call that takes another one. The
 * number of loop iterations a call is chosen so that HotSpot compiles the method for calls, not a
 * version of it for entering a running loop: 625 calls of 24 iterations pass the threshold for the
 * former (15,000 calls and iterations), and are far from that for the latter (40,000 iterations). A
 * call too many is worse than waiting: once HotSpot wants to enter the running loop and its first
 * compiler has too few registers for that, it never compiles the method again.
 */
final class WarmUp {
  private static final int LANES = Width.LANES;
  private static final int SHORT_CALLS = 250;
  private static final int FIRST_CALLS = 640;
  private static final int CALLS = 5;
  private static final int ROWS = 2;
  private static final int TAPS = 2;
  private static final int DEPTH = 6;
  private static final int MOST_ROUNDS = 250;
  private static final long PAUSE_MILLIS = 4;

  /** Compiled, a multiplication of vectors takes 0.2 ns; not yet compiled by C2, more than 20. */
  private static final int NANOS_EACH = 3;

  private WarmUp() {}

  /**
   * Warms a copy up.
   *
   * @return whether it has become fast; if not, another copy may
   */
  static boolean run(Tile tile, TileShape shape) {
    int width = shape.width();
    float[] x = new float[shape.rows() * shape.pixel() + ROWS * TAPS * DEPTH];
    float[] w = new float[ROWS * TAPS * DEPTH * width];
    float[] y = new float[shape.rows() * width];
    Tile.Reduction reduction =
        new Tile.Reduction(
            ROWS, TAPS * DEPTH, TAPS, DEPTH, DEPTH, 1, width, 0, 0, LANES, width, LANES);
    long enough = (long) ROWS * TAPS * DEPTH * shape.rows() * shape.vectors() * NANOS_EACH;
    Tile.Reduction shortest =
        new Tile.Reduction(1, 0, 1, 0, 1, 1, width, 0, 0, LANES, width, LANES);
    for (int i = 0; i < SHORT_CALLS; i++) { // interpreted
      tile.once(shortest, x, 0, w, 0, y, 0);
    }
    for (int i = 0; i < FIRST_CALLS; i++) {
      tile.once(reduction, x, 0, w, 0, y, 0);
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < CALLS; i++) {
        long before = System.nanoTime();
        tile.once(reduction, x, 0, w, 0, y, 0);
        best = Math.min(best, System.nanoTime() - before);
      }
      if (best < enough) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLIS); // the compiler needs the core more than this loop does
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return false;
  }
}
