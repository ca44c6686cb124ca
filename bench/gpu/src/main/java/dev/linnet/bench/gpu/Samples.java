package dev.linnet.bench.gpu;

import java.util.Arrays;

/**
 * The times of a run.
 *
 * @param median in seconds
 * @param low the fastest sample
 * @param high the slowest one
 * @param count how many samples
 * @param runs of each sample, whose mean it is
 */
record Samples(double median, double low, double high, int count, int runs) {
  /**
   * Of the seconds that each sample took.
   *
   * @param runs how many runs each sample had
   * @param seconds at least one; not modified
   */
  static Samples of(int runs, double... seconds) {
    if (seconds.length == 0) {
      throw new IllegalArgumentException("the median of no samples");
    }
    double[] sorted = Arrays.stream(seconds).map(s -> s / runs).sorted().toArray();
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Samples(median, sorted[0], sorted[n - 1], n, runs);
  }

  /** So many of something in a run, as so many in a second. */
  double rate(double amount) {
    return amount / median;
  }
}
