package dev.linnet.search.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExpectedImprovementTest {
  /** The integral, by Simpson's rule. */
  private static double integral(double mean, double deviation, double best) {
    int steps = 20_000;
    double low = best;
    double high = Math.max(best, mean) + 12 * deviation;
    double width = (high - low) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = low + i * width;
      double u = (x - mean) / deviation;
      double density = Math.exp(-u * u / 2) / Math.sqrt(2 * Math.PI) / deviation;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * (x - best) * density;
    }
    return sum * width / 3;
  }

  @Test
  void itIsTheIntegralOfWhatExceedsTheBest() {
    for (double mean = -9; mean <= 3; mean += 0.37) {
      double expected = integral(mean, 1.3, 0.4);
      assertEquals(expected, ExpectedImprovement.of(mean, 1.3, 0.4), 1e-3 * expected, "at " + mean);
    }
  }

  @Test
  void beyondItsReachNothingIsExpectedToImproveByMore() {
    double reach = ExpectedImprovement.reach(0.8, 1e-4);
    assertTrue(ExpectedImprovement.of(-reach * 0.8, 0.8, 0) <= 1e-4);
    assertTrue(ExpectedImprovement.of(-reach * 0.2, 0.2, 0) <= 1e-4);
    assertEquals(0, ExpectedImprovement.of(-100, 1, 0));
  }
}
