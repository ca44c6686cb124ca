package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.space.Cost;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  private static final Cost COST = new Cost(412_345, 3_000_000, 1 << 20);

  @Test
  void theReasonNamesTheValueAndTheLimit() {
    assertEquals(
        Optional.of("412,345 parameters, at most 400,000 allowed"),
        violation(Constraints.none().withMaxParams(400_000), OptionalDouble.empty()));
    assertEquals(
        Optional.of("3,000,000 MACs, at most 2,999,999 allowed"),
        violation(Constraints.none().withMaxMacs(2_999_999), OptionalDouble.empty()));
    assertEquals(
        Optional.of("3.250 ms latency, at most 2.500 allowed"),
        violation(Constraints.none().withMaxLatencyMs(2.5), OptionalDouble.of(3.25)));
  }

  @Test
  void aValueAtTheLimitIsAllowed() {
    Constraints constraints =
        Constraints.none()
            .withMaxParams(COST.params())
            .withMaxMacs(COST.macs())
            .withMaxLatencyMs(1.5);
    assertEquals(Optional.empty(), violation(constraints, OptionalDouble.of(1.5)));
  }

  @Test
  void aLatencyThatIsNotKnownIsNotJudged() {
    assertEquals(
        Optional.empty(),
        violation(Constraints.none().withMaxLatencyMs(1.5), OptionalDouble.empty()));
  }

  @Test
  void noneAllowsEverything() {
    assertTrue(Constraints.none().isEmpty());
    assertFalse(Constraints.none().withMaxMacs(1).isEmpty());
    assertEquals(Optional.empty(), violation(Constraints.none(), OptionalDouble.of(1e9)));
  }

  @Test
  void limitsThatAreNotPositiveAreRefused() {
    Constraints none = Constraints.none();
    assertThrows(IllegalArgumentException.class, () -> none.withMaxParams(0));
    assertThrows(IllegalArgumentException.class, () -> none.withMaxMacs(-1));
    assertThrows(IllegalArgumentException.class, () -> none.withMaxLatencyMs(Double.NaN));
  }

  private static Optional<String> violation(Constraints constraints, OptionalDouble latencyMs) {
    return constraints.violation(COST, latencyMs);
  }
}
