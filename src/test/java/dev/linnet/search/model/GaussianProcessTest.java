package dev.linnet.search.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.CellSpace;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
  private static final SearchSpace SPACE = CellSpace.space();
  private static final Views VIEWS = new Views(SPACE);

  private static long[] point(int number) {
    return VIEWS.of(SPACE.canonical(SPACE.sample(RandomStream.of(7, number))));
  }

  private static double covariance(Kernel kernel, long[] a, long[] b) {
    double[][] tables = kernel.tables(VIEWS);
    double sum = 0;
    for (int v = 0; v < tables.length; v++) {
      sum += tables[v][VIEWS.distance(v, a, b)];
    }
    return sum;
  }

  /** Solves a·x = b by elimination; both are modified. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int i = 0; i < n; i++) {
      for (int r = i + 1; r < n; r++) {
        double factor = a[r][i] / a[i][i];
        for (int c = i; c < n; c++) {
          a[r][c] -= factor * a[i][c];
        }
        b[r] -= factor * b[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int c = i + 1; c < n; c++) {
        b[i] -= a[i][c] * b[c];
      }
      b[i] /= a[i][i];
    }
    return b;
  }

  private static double[][] withNoise(Kernel kernel, int[] asked) {
    double[][] k = new double[asked.length][asked.length];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        k[i][j] = covariance(kernel, point(asked[i]), point(asked[j]));
      }
      k[i][i] += kernel.noise();
    }
    return k;
  }

  private static double[] against(Kernel kernel, int[] asked, int candidate) {
    double[] k = new double[asked.length];
    for (int i = 0; i < k.length; i++) {
      k[i] = covariance(kernel, point(asked[i]), point(candidate));
    }
    return k;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void posteriorsAreThoseOfTheTextbookWhereverQuestionsAndCandidatesComeInBetween() {
    Kernel kernel = KernelFit.usual(VIEWS);
    int[] asked = {3, 0, 7, 3, 11, 5, 20, 9, 1};
    double[] y = {0.3, -1.2, 0.9, 0.5, 1.1, -0.4, 0.2};
    int[] answered = {3, 0, 7, 3, 11, 5, 20};
    GaussianProcess process = new GaussianProcess(VIEWS);
    for (int i = 0; i < 25; i++) {
      assertEquals(i, process.add(point(i)));
    }
    for (int i = 0; i < 5; i++) {
      process.ask(asked[i]);
    }
    process.posterior(java.util.Arrays.copyOf(y, 4));
    for (int i = 25; i < 30; i++) {
      process.add(point(i));
    }
    for (int i = 5; i < asked.length; i++) {
      process.ask(asked[i]);
    }
    process.posterior(y);
    for (int i = 30; i < 40; i++) {
      process.add(point(i));
    }
    for (int j = 0; j < process.candidates(); j++) {
      double mean =
          dot(against(kernel, answered, j), solve(withNoise(kernel, answered), y.clone()));
      assertEquals(mean, process.mean(j), 1e-4, "mean " + j);
      double[] k = against(kernel, asked, j);
      double variance = kernel.variance() - dot(k, solve(withNoise(kernel, asked), k.clone()));
      assertEquals(variance, process.variance(j), 1e-4, "variance " + j);
    }
    assertEquals(1, process.repeats());
    assertEquals(2, process.timesAsked(3));
    double[] means = process.meansOfAsked(y);
    for (int i = 0; i < y.length; i++) {
      assertEquals(process.mean(asked[i]), means[i], 1e-5);
    }
  }

  @Test
  void whatIsRetainedKeepsItsPosterior() {
    GaussianProcess process = new GaussianProcess(VIEWS);
    for (int i = 0; i < 30; i++) {
      process.add(point(i));
    }
    process.ask(4);
    process.ask(28);
    process.posterior(new double[] {1, -1});
    double mean = process.mean(17);
    double variance = process.variance(17);
    boolean[] kept = new boolean[30];
    kept[4] = true;
    kept[17] = true;
    kept[28] = true;
    process.retain(kept);
    assertEquals(3, process.candidates());
    assertEquals(mean, process.mean(1));
    assertEquals(variance, process.variance(1));
    assertEquals(2, process.askedCandidate(1));
    process.ask(1);
    process.posterior(new double[] {1, -1, 2});
    assertTrue(process.mean(1) > mean);
    assertTrue(process.variance(1) < variance);
  }

  @Test
  void aFittedKernelPredictsWhatWasNotAsked() {
    GaussianProcess process = new GaussianProcess(VIEWS);
    double[] y = new double[80];
    for (int i = 0; i < 200; i++) {
      process.add(point(i));
    }
    for (int i = 0; i < y.length; i++) {
      process.ask(i);
      y[i] = value(i);
    }
    process.fit(y);
    process.posterior(y);
    double error = 0;
    double spread = 0;
    for (int i = y.length; i < 200; i++) {
      error += Math.pow(process.mean(i) - value(i), 2);
      spread += Math.pow(value(i), 2);
    }
    assertTrue(error < 0.2 * spread, error + " of " + spread);
    assertTrue(process.noise() < 0.05, "noise " + process.noise());
  }

  /** How many edges have a 3×3 convolution, about its mean. */
  private static double value(int number) {
    Genotype genotype = SPACE.canonical(SPACE.sample(RandomStream.of(7, number)));
    double sum = -1.2;
    for (int i = 0; i < genotype.size(); i++) {
      sum += genotype.value(i) == 3 ? 1 : 0;
    }
    return sum;
  }
}
