package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
    assertEquals(2.5, Statistics.median(4, 1, 3, 2).median());
    assertEquals(3, Statistics.median(5, 1, 3).median());
  }

  /** Tables of the sign test, such as Conover's A3: 21 coins show fewer than 6 heads in 1.3 %. */
  @Test
  void theIntervalHasTheRanksOfTheSignTest() {
    assertInterval(6, 1, 6);
    assertInterval(9, 2, 8);
    assertInterval(21, 6, 16);
    assertInterval(30, 10, 21);
  }

  private static void assertInterval(int n, int low, int high) {
    Statistics.Median median = Statistics.median(ranks(n));
    assertEquals(low, median.low(), n + " values");
    assertEquals(high, median.high(), n + " values");
  }

  private static double[] ranks(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
  }

  @Test
  void fewValuesGiveTheirRange() {
    Statistics.Median median = Statistics.median(3, 1, 2);
    assertEquals(1, median.low());
    assertEquals(3, median.high());
  }

  @Test
  void theIntervalHoldsTheTrueMedianInAtLeast95PercentOfTrials() {
    RandomStream random = RandomStream.of(1, "trials");
    int trials = 4000;
    int held = 0;
    for (int i = 0; i < trials; i++) {
      double[] values =
          DoubleStream.generate(() -> Math.exp(random.nextGaussian())).limit(21).toArray();
      Statistics.Median median = Statistics.median(values);
      held += median.low() <= 1 && 1 <= median.high() ? 1 : 0;
    }
    assertTrue(held >= 0.95 * trials && held <= 0.99 * trials, held + " of " + trials);
  }

  @Test
  void theGeometricMeanOfRatiosAndTheirInversesIsOne() {
    assertEquals(1, Statistics.geometricMean(2, 0.5, 4, 0.25), 1e-12);
  }

  @Test
  void noValuesHaveNoMedian() {
    assertThrows(IllegalArgumentException.class, Statistics::median);
  }
}
