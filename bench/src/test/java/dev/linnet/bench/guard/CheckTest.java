package dev.linnet.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final Sample BASELINE =
      new Sample("abc", "", 17, "cpu-512", "", Map.of("fast", 0.9, "slow", 0.5, "gone", 0.4));

  @Test
  void aCaseThatStaysBelowEightyPercentInThreeTriesIsNamed() {
    List<String> asked = new ArrayList<>();
    List<String> failures =
        Check.failures(
            BASELINE,
            Map.of("fast", 0.6),
            name -> {
              asked.add(name);
              return 0.7;
            });
    assertEquals(List.of("fast", "fast"), asked);
    assertEquals(
        List.of("fast: 70.0 % at best in 3 tries, that is 78 % of its baseline of 90.0 %"),
        failures);
  }

  @Test
  void oneGoodTryIsEnough() {
    List<String> asked = new ArrayList<>();
    assertEquals(
        List.of(),
        Check.failures(
            BASELINE,
            Map.of("slow", 0.1),
            name -> {
              asked.add(name);
              return 0.41;
            }));
    assertEquals(List.of("slow"), asked);
  }

  @Test
  void nothingIsMeasuredAgainThatIsFastEnough() {
    assertEquals(
        List.of(),
        Check.failures(
            BASELINE,
            Map.of("fast", 0.73, "slow", 2.0),
            name -> {
              throw new AssertionError(name);
            }));
  }

  @Test
  void aCaseWithoutBaselineNeverFailsAndIsNamed() {
    Map<String, Double> measured = Map.of("new", 0.001);
    assertEquals(
        List.of(),
        Check.failures(
            BASELINE,
            measured,
            name -> {
              throw new AssertionError(name);
            }));
    assertEquals(List.of("new"), Check.unknown(BASELINE, measured));
    assertTrue(Check.unknown(BASELINE, Map.of("fast", 1.0)).isEmpty());
  }
}
