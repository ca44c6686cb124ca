package dev.linnet.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  private static double kendall(double[] a, double... b) {
    return RankCorrelation.kendall(a, b);
  }

  @Test
  void equalOrdersGiveOneAndOppositeOnesMinusOne() {
    double[] a = {0.1, 5, 2, 3};
    assertEquals(1, kendall(a, 1, 40, 20, 30));
    assertEquals(-1, kendall(a, 4, 1, 3, 2));
  }

  @Test
  void onePairOfThreeInTheWrongOrderGivesAThird() {
    assertEquals(1 / 3.0, kendall(new double[] {1, 2, 3}, 1, 3, 2), 1e-15);
  }

  @Test
  void tiesCountAsTauBSays() {
    // 4 pairs agree, 5 are not tied by either measure
    assertEquals(0.8, kendall(new double[] {1, 1, 2, 3}, 1, 2, 2, 3), 1e-15);
    // 2 pairs agree; of 3 pairs, 2 are untied by the first measure, 3 by the second
    assertEquals(2 / Math.sqrt(6), kendall(new double[] {1, 1, 2}, 1, 2, 3), 1e-15);
  }

  @Test
  void theOrderOfTheThingsDoesNotMatter() {
    double forth = kendall(new double[] {3, 1, 4, 1, 5}, 2, 7, 1, 8, 2);
    assertEquals(forth, kendall(new double[] {5, 1, 4, 1, 3}, 2, 8, 1, 7, 2));
    assertEquals(forth, kendall(new double[] {2, 7, 1, 8, 2}, 3, 1, 4, 1, 5));
  }

  @Test
  void itIsNotDefinedForFewerThanTwoThingsOrWhereAllAreEqual() {
    assertEquals(Double.NaN, kendall(new double[0]));
    assertEquals(Double.NaN, kendall(new double[] {1}, 1));
    assertEquals(Double.NaN, kendall(new double[] {1, 1, 1}, 1, 2, 3));
    assertEquals(Double.NaN, kendall(new double[] {1, 2, 3}, 4, 4, 4));
  }

  @Test
  void listsOfDifferentLengthAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> kendall(new double[] {1, 2}, 1, 2, 3));
    assertEquals("kendall: 2 values and 3", e.getMessage());
  }
}
