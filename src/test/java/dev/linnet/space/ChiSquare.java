package dev.linnet.space;

/** Pearson's test of counts against equal expected counts. */
final class ChiSquare {

  private ChiSquare() {}

  /** Whether uniform chances give such counts with a probability of more than 1 in 10,000. */
  static boolean isUniform(long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double expected = (double) total / counts.length;
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    return statistic < critical(counts.length - 1);
  }

  /** The 0.9999 quantile for {@code degrees} of freedom (Wilson and Hilferty, 1931). */
  static double critical(int degrees) {
    double z = 3.719;
    double k = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - k + z * Math.sqrt(k), 3);
  }
}
