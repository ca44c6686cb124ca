package dev.linnet.search.model;

/**
 * The covariance of the values of two genotypes: a constant, a part that is linear in the distance
 * of the genes, and for every view a part that falls off exponentially,
 *
 * <pre>k(a, b) = 1 + linear·(1 − d₀/most₀) + Σᵥ amplitudeᵥ·exp(−dᵥ/lengthᵥ).</pre>
 *
 * <p>Each part is positive definite: the distances count bits that differ. Values are meant to be
 * scaled to variance 1.
 *
 * @param amplitude by view
 * @param length by view, in bits
 * @param linear amplitude of the linear part
 * @param noise variance of the answers
 */
record Kernel(double[] amplitude, double[] length, double linear, double noise) {
  private static final double CONSTANT = 1;

  /** The covariance by view and distance; the constant and the linear part are in the first. */
  double[][] tables(Views views) {
    double[][] tables = new double[amplitude.length][];
    for (int v = 0; v < tables.length; v++) {
      tables[v] = new double[views.most(v) + 1];
      for (int d = 0; d < tables[v].length; d++) {
        tables[v][d] = amplitude[v] * Math.exp(-d / length[v]);
        if (v == 0) {
          tables[v][d] += CONSTANT + linear * (1 - d / (double) Math.max(1, views.most(v)));
        }
      }
    }
    return tables;
  }

  /** The variance of one value. */
  double variance() {
    double sum = CONSTANT + linear;
    for (double a : amplitude) {
      sum += a;
    }
    return sum;
  }
}
