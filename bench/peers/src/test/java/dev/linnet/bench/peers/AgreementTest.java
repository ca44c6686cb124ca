package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void theErrorIsRelativeToTheLargestValueOfItsName() {
    Map<String, float[]> expected = Map.of("a", new float[] {100, 1}, "b", new float[] {1, -2});
    Map<String, float[]> actual = Map.of("a", new float[] {101, 1}, "b", new float[] {1, -3});
    Agreement.Difference difference = Agreement.of(actual, expected);
    assertEquals("b", difference.name());
    assertEquals(0.5, difference.error(), 1e-6);
  }

  @Test
  void whatIsZeroButForRoundingIsHeldAgainstTheOthers() {
    Map<String, float[]> expected = Map.of("a", new float[] {1000}, "b", new float[] {1e-9f});
    Map<String, float[]> actual = Map.of("a", new float[] {1000}, "b", new float[] {-1e-9f});
    assertEquals(2e-9, Agreement.of(actual, expected).error(), 1e-12);
  }

  @Test
  void whatIsNotFiniteNeverAgrees() {
    Map<String, float[]> nan = Map.of("a", new float[] {Float.NaN});
    assertEquals(Double.POSITIVE_INFINITY, Agreement.of(nan, nan).error());
  }

  @Test
  void otherNamesOrSizesAreRefused() {
    Map<String, float[]> one = Map.of("a", new float[1]);
    assertThrows(
        IllegalArgumentException.class, () -> Agreement.of(one, Map.of("b", new float[1])));
    assertThrows(
        IllegalArgumentException.class, () -> Agreement.of(one, Map.of("a", new float[2])));
  }
}
