package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.space.Cost;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final Outcome.Measured MEASURED =
      new Outcome.Measured(0.75, new Cost(100, 2000, 30_000), OptionalDouble.of(0.5));

  @Test
  void namesAreReadInTheirOrderAndWrittenAgain() {
    List<Objective> both = Objective.parse("latency, accuracy");
    assertEquals(List.of(Objective.LATENCY, Objective.ACCURACY), both);
    assertEquals("latency,accuracy", Objective.text(both));
    for (String name : Objective.names()) {
      assertEquals(name, Objective.parse(name).get(0).text());
    }
  }

  @Test
  void unknownEmptyAndRepeatedNamesAreRefused() {
    assertEquals(
        "unknown objective 'latenzy'; known are accuracy, latency, macs, params, memory;"
            + " did you mean latency?",
        refused("accuracy,latenzy"));
    assertEquals("objective accuracy is named twice", refused("accuracy,macs,accuracy"));
    assertEquals(
        "unknown objective ''; known are accuracy, latency, macs, params, memory",
        refused("accuracy,"));
  }

  private static String refused(String names) {
    return assertThrows(IllegalArgumentException.class, () -> Objective.parse(names)).getMessage();
  }

  @Test
  void everyObjectiveReadsItsOwnValueAndOnlyTheAccuracyIsTurnedAround() {
    List<Objective> all = List.of(Objective.values());
    assertEquals(
        List.of(0.75, 0.5, 2000.0, 100.0, 30_000.0),
        all.stream().map(o -> o.value(MEASURED)).toList());
    assertArrayEquals(new double[] {0.25, 0.5, 2000, 100, 30_000}, Objective.losses(all, MEASURED));
  }

  @Test
  void aLatencyThatWasNotMeasuredIsNoValue() {
    Outcome.Measured without = new Outcome.Measured(0.75, MEASURED.cost());
    assertEquals(
        "latency is an objective, but not measured",
        assertThrows(IllegalArgumentException.class, () -> Objective.LATENCY.loss(without))
            .getMessage());
  }
}
