package dev.linnet.study;

/** Upper tails of the distributions that tests need. */
final class Distributions {
  private static final int TERMS = 500;
  private static final double PRECISION = 1e-14;
  private static final double TINY = 1e-300;

  private Distributions() {}

  /** The probability that a standard normal variable is greater than {@code z}. */
  static double normalTail(double z) {
    double tail = chiSquareTail(z * z, 1) / 2;
    return z >= 0 ? tail : 1 - tail;
  }

  /**
   * The probability that a χ² variable is greater than {@code x}: the regularized incomplete gamma
   * function Q(degrees / 2, x / 2), by its series below and its continued fraction above the mean.
   *
   * @param x at least 0
   * @param degrees of freedom, at least 1
   */
  static double chiSquareTail(double x, int degrees) {
    double a = degrees / 2.0;
    double y = x / 2;
    if (y <= 0) {
      return 1;
    }
    double scale = Math.exp(-y + a * Math.log(y) - logGammaOfHalf(degrees));
    return y < a + 1 ? 1 - scale * series(a, y) : scale * fraction(a, y);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < TERMS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  /** By Lentz's method. */
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    for (int n = 1; n < TERMS; n++) {
      double factor = -n * (n - a);
      b += 2;
      d = factor * d + b;
      d = 1 / (Math.abs(d) < TINY ? TINY : d);
      c = b + factor / c;
      c = Math.abs(c) < TINY ? TINY : c;
      h *= d * c;
      if (Math.abs(d * c - 1) < PRECISION) {
        break;
      }
    }
    return h;
  }

  /** The logarithm of Γ(degrees / 2), by Γ(a + 1) = a · Γ(a) from Γ(1/2) or Γ(1) on. */
  private static double logGammaOfHalf(int degrees) {
    double log = degrees % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
    for (int d = degrees % 2 == 0 ? 2 : 1; d < degrees; d += 2) {
      log += Math.log(d / 2.0);
    }
    return log;
  }
}
