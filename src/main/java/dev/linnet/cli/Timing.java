package dev.linnet.cli;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long runs of one thing took, after a warm-up.
 *
 * @param runs how many were timed
 * @param medianMs half of them were faster
 * @param lowMs a quarter of them was faster
 * @param highMs a quarter of them was slower
 */
record Timing(int runs, double medianMs, double lowMs, double highMs) {
  private static final int FEWEST = 5;
  private static final int MOST = 100_000;

  /**
   * Runs it for a while without timing, then with; at least {@value #FEWEST} timed runs.
   *
   * @param warmupSeconds how long without; at least once
   * @param seconds how long with
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  static Timing of(Runnable run, double warmupSeconds, double seconds, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    do {
      run.run();
    } while (nanoTime.getAsLong() - start < warmupSeconds * 1e9);
    long[] nanos = new long[MOST];
    int runs = 0;
    start = nanoTime.getAsLong();
    long before = start;
    while (runs < FEWEST || (before - start < seconds * 1e9 && runs < MOST)) {
      run.run();
      long after = nanoTime.getAsLong();
      nanos[runs++] = after - before;
      before = after;
    }
    long[] sorted = Arrays.copyOf(nanos, runs);
    Arrays.sort(sorted);
    return new Timing(runs, quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
  }

  /** Linear between the two nearest, in milliseconds. */
  private static double quantile(long[] sorted, double fraction) {
    double at = fraction * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return (sorted[below] + (at - below) * (sorted[above] - sorted[below])) / 1e6;
  }
}
