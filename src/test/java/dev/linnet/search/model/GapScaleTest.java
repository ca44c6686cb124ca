package dev.linnet.search.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapScaleTest {

  @Test
  void theOrderStaysTheMeanIsZeroAndTheVarianceOne() {
    double[] scaled = GapScale.of(new double[] {0.1, 0.9, 0.91, 0.85, 0.5});
    assertEquals(0, Arrays.stream(scaled).sum(), 1e-12);
    assertEquals(5, Arrays.stream(scaled).map(s -> s * s).sum(), 1e-9);
    assertTrue(scaled[0] < scaled[4] && scaled[4] < scaled[3] && scaled[3] < scaled[1]);
    assertTrue(scaled[1] < scaled[2]);
  }

  @Test
  void differencesNearTheBestCountMoreThanTheSameDifferencesFarFromIt() {
    double[] scaled = GapScale.of(new double[] {0.10, 0.11, 0.90, 0.91, 0.92, 0.89});
    assertTrue(scaled[4] - scaled[3] > 20 * (scaled[1] - scaled[0]));
  }

  @Test
  void equalAccuraciesAndNoneAtAllAreFine() {
    assertArrayEquals(new double[] {0, 0, 0}, GapScale.of(new double[] {0.3, 0.3, 0.3}), 1e-12);
    assertEquals(0, GapScale.of(new double[0]).length);
  }
}
