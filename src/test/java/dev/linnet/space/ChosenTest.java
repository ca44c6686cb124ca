package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChosenTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          "small",
          List.of(
              Choice.oneOf("kernel", "3", "5"),
              Choice.oneOf("activation", "relu", "hard-swish", "maxout"),
              Choice.intRange("depth", 2, 4)),
          (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));

  private final Chosen chosen = SPACE.chosen(SPACE.genotype(1, 1, 2));

  @Test
  void optionsAreReadByLabelAsTextNumberConstantAndIndex() {
    assertEquals("5", chosen.option("kernel"));
    assertEquals(5, chosen.number("kernel"));
    assertEquals(4, chosen.number("depth"));
    assertEquals(2, chosen.index("depth"));
    assertEquals(Function.HARD_SWISH, chosen.constant("activation", Function.class));
    assertTrue(chosen.is("activation", "hard-swish"));
    assertFalse(chosen.is("activation", "relu"));
  }

  @Test
  void allOptionsAreListedInTheOrderOfTheSpace() {
    assertEquals("{kernel=5, activation=hard-swish, depth=4}", chosen.toString());
    assertEquals(Map.of("kernel", "5", "activation", "hard-swish", "depth", "4"), chosen.options());
  }

  @Test
  void aChangeGivesAnotherValueAndLeavesThisOne() {
    assertEquals(SPACE.genotype(0, 1, 2), chosen.with("kernel", "3").genotype());
    assertEquals(SPACE.genotype(1, 1, 0), chosen.reset("depth").genotype());
    assertEquals(SPACE.genotype(1, 1, 2), chosen.genotype());
  }

  @Test
  void aLabelOrOptionThatTheSpaceDoesNotHaveIsRefused() {
    assertRefused(
        "space small has no choice \"kernle\"; there are [kernel, activation, depth]",
        () -> chosen.option("kernle"));
    assertRefused(
        "choice kernel: no option \"7\"; there are [3, 5]", () -> chosen.is("kernel", "7"));
    assertRefused(
        "choice kernel: no option \"7\"; there are [3, 5]", () -> chosen.with("kernel", "7"));
  }

  @Test
  void anOptionOfAnotherKindIsRefused() {
    assertRefused(
        "choice activation: the option \"hard-swish\" is not a whole number",
        () -> chosen.number("activation"));
    Chosen maxout = chosen.with("activation", "maxout");
    assertRefused(
        "choice activation: Function has no constant MAXOUT",
        () -> maxout.constant("activation", Function.class));
  }

  private static void assertRefused(String message, Executable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
  }
}
