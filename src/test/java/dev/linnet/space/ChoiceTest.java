package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChoiceTest {

  @Test
  void oneOfTakesOneGeneWithItsOptions() {
    assertEquals(
        List.of(new Gene("kernel", List.of("3", "5"))), Choice.oneOf("kernel", "3", "5").genes());
  }

  @Test
  void aRangeTakesOneGeneWithBothEndsIncluded() {
    assertEquals(
        List.of(new Gene("depth", List.of("-1", "0", "1"))),
        Choice.intRange("depth", -1, 1).genes());
  }

  @Test
  void namesThatAreEmptyOrHaveBlanksAreRefused() {
    assertRefused("the label \"\" is empty or has blanks", "", "3");
    assertRefused("the label \"my kernel\" is empty or has blanks", "my kernel", "3");
    assertRefused("the option \"3 x 3\" is empty or has blanks", "kernel", "3 x 3");
    assertRefused("the option \"\" is empty or has blanks", "kernel", "");
  }

  @Test
  void noOptionsAndRepeatedOptionsAreRefused() {
    assertRefused("choice kernel: at least one option is needed", "kernel");
    assertRefused("choice kernel: an option occurs twice [3, 3]", "kernel", "3", "3");
  }

  @Test
  void anEmptyOrHugeRangeIsRefused() {
    assertEquals(
        "choice depth: a range has 1 to 10000 values, not 3…1",
        assertThrows(IllegalArgumentException.class, () -> Choice.intRange("depth", 3, 1))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Choice.intRange("depth", Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void aRangeCanHaveStepsAndMayEndBeforeItsMaximum() {
    assertEquals(List.of("8", "16", "24"), options(Choice.intRange("width", 8, 31, 8)));
    assertEquals(
        "choice width: the step must be at least 1, not 0",
        assertThrows(IllegalArgumentException.class, () -> Choice.intRange("width", 8, 31, 0))
            .getMessage());
  }

  @Test
  void aRangeOfNumbersIsLinearOrLogarithmicWithBothEnds() {
    assertEquals(
        List.of("0", "0.05", "0.1", "0.15", "0.2"), options(Choice.floatRange("drop", 0, 0.2, 5)));
    assertEquals(
        List.of("0.0001", "0.001", "0.01", "0.1"), options(Choice.logRange("rate", 1e-4, 0.1, 4)));
    for (Executable refused :
        List.<Executable>of(
            () -> Choice.floatRange("rate", 1, 1, 3),
            () -> Choice.floatRange("rate", 0, Double.NaN, 3),
            () -> Choice.floatRange("rate", 0, 1, 1),
            () -> Choice.logRange("rate", 0, 1, 3))) {
      assertThrows(IllegalArgumentException.class, refused);
    }
  }

  @Test
  void manyOfListsEverySelectionOnce() {
    assertEquals(List.of("a+b", "a+c", "b+c"), options(Choice.manyOf("ops", 2, "a", "b", "c")));
    assertEquals(
        List.of("a+b", "a+c", "b+a", "b+c", "c+a", "c+b"),
        options(Choice.sequenceOf("ops", 2, "a", "b", "c")));
    assertEquals(70, options(Choice.manyOf("ops", 4, "abcdefgh".split(""))).size());
    assertEquals(
        "choice ops: 1 to 2 of 2 options, not 3",
        assertThrows(IllegalArgumentException.class, () -> Choice.manyOf("ops", 3, "a", "b"))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Choice.manyOf("ops", 1, "a+b", "c"));
    assertEquals(
        "choice ops: 13 of 26 options are 10400600 selections, more than 10000",
        assertThrows(
                IllegalArgumentException.class,
                () -> Choice.manyOf("ops", 13, "abcdefghijklmnopqrstuvwxyz".split("")))
            .getMessage());
  }

  @Test
  void repeatsAndConditionsWithoutContentAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Choice.repeat("block", 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Choice.when("a", "b"));
    for (int[] range : new int[][] {{-1, 2}, {3, 2}, {0, 0}, {1, 101}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Choice.repeat("block", range[0], range[1], Choice.oneOf("k", "3")));
    }
  }

  private static List<String> options(Choice choice) {
    return choice.genes().get(0).options();
  }

  private static void assertRefused(String message, String label, String... options) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Choice.oneOf(label, options))
            .getMessage();
    assertEquals(message, said.substring(said.length() - message.length()));
  }
}
