package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrategiesTest {

  @Test
  void everyNameGivesTheStrategyOfThatName() {
    for (String name : Strategies.names()) {
      assertEquals(name, Strategies.named(name, Landscape.SPACE, 1, 100).name());
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnesAndTheNearest() {
    assertEquals(
        "unknown strategy 'evolutoin'; known are "
            + String.join(", ", Strategies.names())
            + "; did you mean evolution?",
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.named("evolutoin", Landscape.SPACE, 1, 100))
            .getMessage());
  }

  @Test
  void aStrategyAndASchedulerAreJoinedByAPlus() {
    Strategy both = Strategies.named("evolution+asha", Landscape.SPACE, 1, 100);
    assertEquals("evolution+asha", both.name());
    assertEquals("evolution", both.settings().get("proposer"));
    assertEquals("asha", both.settings().get("scheduler"));
    assertEquals(
        "unknown scheduler 'ahsa'; known are halving, hyperband, asha; did you mean asha?",
        refused("evolution+ahsa", Objective.ACCURACY));
  }

  @Test
  void severalObjectivesAreForThoseThatTakeThem() {
    for (String name : Strategies.namesForSeveralObjectives()) {
      Strategy strategy =
          Strategies.named(
              name, Landscape.SPACE, 1, 100, List.of(Objective.ACCURACY, Objective.MACS));
      assertEquals(name, strategy.name());
    }
    assertEquals(
        "strategy local takes one objective, not accuracy,macs;"
            + " several take nsga2, evolution, random, grid",
        refused("local", Objective.ACCURACY, Objective.MACS));
  }

  private static String refused(String name, Objective... objectives) {
    return assertThrows(
            IllegalArgumentException.class, () -> Strategies.check(name, List.of(objectives)))
        .getMessage();
  }
}
