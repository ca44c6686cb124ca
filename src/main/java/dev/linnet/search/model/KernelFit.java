package dev.linnet.search.model;

import java.util.Arrays;

/**
 * Finds the kernel under which what was seen is most probable, given what is usual: the maximum of
 * marginal likelihood times a log-normal prior, by a pattern search on the logarithms (Rasmussen
 * and Williams 2006, <i>Gaussian Processes for Machine Learning</i>, section 5.4).
 */
final class KernelFit {
  private static final double USUAL_AMPLITUDE = 0.3;
  private static final double USUAL_NOISE = 0.05;

  /** In bits; twice as many in the genes, where an option that differs counts 2. */
  private static final double USUAL_LENGTH = 4;

  private static final double AMPLITUDE_PRECISION = 1;
  private static final double LENGTH_PRECISION = 4;
  private static final double NOISE_PRECISION = 2;
  private static final double FIRST_STEP = 1;
  private static final double SMALLER_STEP = 0.6;
  private static final int ROUNDS = 3;
  private static final int STEPS = 2;

  private final Views views;
  private final double[] y;
  private final int[][][] distance;
  private final double[][] factor;
  private final double[] z;

  /**
   * A search for a kernel.
   *
   * @param x what was seen
   * @param y its values, scaled to mean 0 and variance 1
   */
  KernelFit(Views views, long[][] x, double[] y) {
    this.views = views;
    this.y = y;
    this.distance = new int[views.count()][x.length][];
    for (int v = 0; v < distance.length; v++) {
      for (int i = 0; i < x.length; i++) {
        distance[v][i] = new int[i + 1];
        for (int j = 0; j <= i; j++) {
          distance[v][i][j] = views.distance(v, x[i], x[j]);
        }
      }
    }
    this.factor = new double[x.length][x.length];
    this.z = new double[x.length];
  }

  /** The kernel to start from. */
  static Kernel usual(Views views) {
    return kernel(usualLogarithms(views));
  }

  private static double[] usualLogarithms(Views views) {
    int n = views.count();
    double[] p = new double[2 * n + 2];
    Arrays.fill(p, 0, n, Math.log(USUAL_AMPLITUDE));
    Arrays.fill(p, n, 2 * n, Math.log(USUAL_LENGTH));
    p[n] = Math.log(2 * USUAL_LENGTH);
    p[2 * n] = Math.log(USUAL_AMPLITUDE);
    p[2 * n + 1] = Math.log(USUAL_NOISE);
    return p;
  }

  private static Kernel kernel(double[] p) {
    int n = (p.length - 2) / 2;
    double[] e = Arrays.stream(p).map(Math::exp).toArray();
    return new Kernel(Arrays.copyOf(e, n), Arrays.copyOfRange(e, n, 2 * n), e[2 * n], e[2 * n + 1]);
  }

  private static double[] logarithms(Kernel kernel) {
    int n = kernel.amplitude().length;
    double[] p = new double[2 * n + 2];
    for (int i = 0; i < n; i++) {
      p[i] = Math.log(kernel.amplitude()[i]);
      p[n + i] = Math.log(kernel.length()[i]);
    }
    p[2 * n] = Math.log(kernel.linear());
    p[2 * n + 1] = Math.log(kernel.noise());
    return p;
  }

  /** The best kernel near another one. */
  Kernel from(Kernel start) {
    double[] p = logarithms(start);
    double best = score(p);
    double step = FIRST_STEP;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < p.length; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
          for (int taken = 0; taken < STEPS; taken++) {
            double before = p[i];
            p[i] += sign * step;
            double score = score(p);
            if (score <= best) {
              p[i] = before;
              break;
            }
            best = score;
          }
        }
      }
      step *= SMALLER_STEP;
    }
    return kernel(p);
  }

  private double score(double[] p) {
    double[] usual = usualLogarithms(views);
    double score = logLikelihood(kernel(p));
    int n = views.count();
    for (int i = 0; i < p.length; i++) {
      boolean isLength = i >= n && i < 2 * n;
      double precision =
          isLength ? LENGTH_PRECISION : i == 2 * n + 1 ? NOISE_PRECISION : AMPLITUDE_PRECISION;
      score -= precision / 2 * (p[i] - usual[i]) * (p[i] - usual[i]);
    }
    return score;
  }

  /** The logarithm of the density of y, without its constant; Cholesky's factor row by row. */
  private double logLikelihood(Kernel kernel) {
    double[][] tables = kernel.tables(views);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double[] row = factor[i];
      double rest = y[i];
      for (int j = 0; j <= i; j++) {
        double k = i == j ? kernel.noise() : 0;
        for (int v = 0; v < tables.length; v++) {
          k += tables[v][distance[v][i][j]];
        }
        double[] other = factor[j];
        for (int q = 0; q < j; q++) {
          k -= row[q] * other[q];
        }
        row[j] = i == j ? Math.sqrt(Math.max(k, Double.MIN_NORMAL)) : k / other[j];
        rest -= i == j ? 0 : row[j] * z[j];
      }
      z[i] = rest / row[i];
      sum -= z[i] * z[i] / 2 + Math.log(row[i]);
    }
    return sum;
  }
}
