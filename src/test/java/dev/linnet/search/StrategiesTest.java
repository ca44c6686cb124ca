package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        "unknown strategy 'evolutoin'; known are evolution, random; did you mean evolution?",
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.named("evolutoin", Landscape.SPACE, 1, 100))
            .getMessage());
  }
}
