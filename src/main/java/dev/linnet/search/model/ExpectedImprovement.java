package dev.linnet.search.model;

/**
 * How much a candidate is expected to exceed a value, given that its own value is normal (Jones,
 * Schonlau and Welch 1998, <i>Efficient global optimization of expensive black-box functions</i>).
 */
public final class ExpectedImprovement {
  private static final double NORMAL = 1 / Math.sqrt(2 * Math.PI);

  /** Beyond it the expectation underflows. */
  private static final double FARTHEST = 37;

  private ExpectedImprovement() {}

  /**
   * E[max(0, x − best)] of x with the given mean and standard deviation.
   *
   * @param deviation above 0
   */
  public static double of(double mean, double deviation, double best) {
    double u = (mean - best) / deviation;
    return u < -FARTHEST ? 0 : deviation * (density(u) + u * distribution(u));
  }

  /**
   * A bound that is cheap to test: from so many deviations below the best on, no candidate is
   * expected to improve by more than {@code expected}, as deviation · φ is an upper bound.
   *
   * @param deviation the greatest of all candidates
   * @param expected above 0
   */
  public static double reach(double deviation, double expected) {
    return Math.sqrt(Math.max(0, 2 * Math.log(deviation * NORMAL / expected)));
  }

  static double density(double u) {
    return NORMAL * Math.exp(-u * u / 2);
  }

  /**
   * Φ(u), to a relative error of about 1e-7 in the lower tail too, where the difference φ + u·Φ
   * cancels (continued fraction of Mill's ratio; Abramowitz and Stegun 26.2.17 in the middle).
   */
  static double distribution(double u) {
    double x = Math.abs(u);
    double upper;
    if (x > 3) {
      double fraction = x;
      for (int i = 30; i > 0; i--) {
        fraction = x + i / fraction;
      }
      upper = density(x) / fraction;
    } else {
      double t = 1 / (1 + 0.2316419 * x);
      upper =
          density(x)
              * t
              * (0.319381530
                  + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    }
    return u > 0 ? 1 - upper : upper;
  }
}
