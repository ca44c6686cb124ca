package dev.linnet.search;

/** The fidelities and sizes of rungs. */
final class Fidelities {
  private static final int MOST = 1_000_000;

  private Fidelities() {}

  /**
   * Checks settings.
   *
   * @throws IllegalArgumentException naming them
   */
  static void check(String name, int eta, int rungs) {
    if (eta < 2 || rungs < 1 || Math.pow(eta, rungs - 1.0) > MOST) {
      throw new IllegalArgumentException(
          "%s: eta %d must be at least 2, rungs %d at least 1, eta^(rungs-1) at most %,d"
              .formatted(name, eta, rungs, MOST));
    }
  }

  static int power(int eta, int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= eta;
    }
    return power;
  }

  /** Fidelities that rise by the factor eta up to 1. */
  static double[] rising(int eta, int rungs) {
    double[] fidelities = new double[rungs];
    for (int i = 0; i < rungs; i++) {
      fidelities[i] = 1.0 / power(eta, rungs - 1 - i);
    }
    return fidelities;
  }

  /** The sizes of rungs: each is the one below divided by eta, rounded down. */
  static int[] sizes(int eta, int rungs, int lowest) {
    int[] sizes = new int[rungs];
    for (int i = 0; i < rungs; i++) {
      sizes[i] = lowest / power(eta, i);
    }
    return sizes;
  }
}
