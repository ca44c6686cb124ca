package dev.linnet.search.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
  private static final int BITS = 20;

  private static long[][] points(int seed, int count) {
    RandomStream random = RandomStream.of(seed);
    long[][] x = new long[count][];
    for (int i = 0; i < count; i++) {
      x[i] = new long[] {random.nextLong() & ((1L << BITS) - 1)};
    }
    return x;
  }

  /** Two bits count by themselves, two only together. */
  private static double value(long[] x) {
    return ((x[0] & 1) == 1 ? 1 : -1)
        + ((x[0] & 8) == 8 ? 0.5 : -0.5)
        + ((x[0] & 6) == 6 ? 1.5 : -0.5);
  }

  private static double[] values(long[][] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = value(x[i]);
    }
    return y;
  }

  @Test
  void theyPredictASumWithAnInteraction() {
    long[][] x = points(1, 150);
    BoostedTrees trees = BoostedTrees.fit(x, values(x), 5, RandomStream.of(3));
    double error = 0;
    double spread = 0;
    for (long[] other : points(2, 300)) {
      error += Math.pow(trees.predict(other).mean() - value(other), 2);
      spread += Math.pow(value(other), 2);
    }
    assertTrue(error < 0.1 * spread, error + " of " + spread);
  }

  @Test
  void membersDisagreeMoreWhenTheySawFewExamples() {
    double few = 0;
    double many = 0;
    long[][] x = points(1, 200);
    BoostedTrees knowing = BoostedTrees.fit(x, values(x), 5, RandomStream.of(3));
    long[][] part = java.util.Arrays.copyOf(x, 12);
    BoostedTrees guessing = BoostedTrees.fit(part, values(part), 5, RandomStream.of(3));
    for (long[] other : points(2, 200)) {
      few += guessing.predict(other).deviation();
      many += knowing.predict(other).deviation();
    }
    assertTrue(few > 1.5 * many, few + " against " + many);
  }

  @Test
  void examplesThatAreAllAlikeGiveThePriorMean() {
    long[][] x = {{5}, {5}, {5}};
    BoostedTrees trees = BoostedTrees.fit(x, new double[] {-1, 0, 1}, 3, RandomStream.of(1));
    assertEquals(new BoostedTrees.Prediction(0, 0), trees.predict(new long[] {9}));
  }
}
