package dev.linnet.bench.peers;

import java.util.Arrays;

/** Medians, their confidence intervals, and geometric means. */
final class Statistics {
  private static final double OUTSIDE = 0.025; // on either side of an interval of 95 %

  private Statistics() {}

  /**
   * A median and the interval that holds the true one.
   *
   * @param median of the values
   * @param low the lower end
   * @param high the upper end
   */
  record Median(double median, double low, double high) {}

  /**
   * The median with the interval of the sign test: the order statistics k and n + 1 − k with the
   * largest k for which fewer than k of n fair coins show heads with a probability of at most 2.5 %
   * (Conover 1999, section 3.2). It supposes nothing about the distribution. Below 6 values it is
   * their range, which holds the median in less than 95 % of all cases.
   *
   * @param values at least one; not modified
   */
  static Median median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("the median of no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int k = Math.max(1, rank(n));
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Median(median, sorted[k - 1], sorted[n - k]);
  }

  /** The largest k with P(heads of n coins < k) ≤ 2.5 %; 0 where there is none. */
  private static int rank(int n) {
    double probability = Math.pow(0.5, n); // of exactly k heads
    double below = 0;
    int k = 0;
    while (below + probability <= OUTSIDE) {
      below += probability;
      probability *= (double) (n - k) / (k + 1);
      k++;
    }
    return k;
  }

  /** The geometric mean of positive values. */
  static double geometricMean(double... values) {
    return Math.exp(Arrays.stream(values).map(Math::log).average().orElseThrow());
  }
}
