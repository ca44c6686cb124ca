package dev.linnet.report;

/**
 * A share of images that were classified correctly, and how well a finite test set tells it.
 *
 * @param share in [0, 1]
 * @param images in the test set, at least 1
 */
record Proportion(double share, int images) {
  /** The 97.5 % quantile of the normal distribution. */
  private static final double Z = 1.959964;

  /** Both ends of an interval. */
  record Interval(double low, double high) {
    /** Whether 0 is inside. */
    boolean containsZero() {
      return low <= 0 && high >= 0;
    }
  }

  /** Wilson's score interval at 95 % (Wilson 1927). */
  Interval interval() {
    double n = images;
    double centre = share + Z * Z / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new Interval(Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale));
  }

  /**
   * The interval of {@code this − other} at 95 %, from both score intervals (Newcombe 1998, method
   * 10). It takes the two as independent; on the same images it is rather too wide.
   */
  Interval minus(Proportion other) {
    Interval a = interval();
    Interval b = other.interval();
    double difference = share - other.share;
    return new Interval(
        difference - Math.hypot(share - a.low, b.high - other.share),
        difference + Math.hypot(a.high - share, other.share - b.low));
  }
}
