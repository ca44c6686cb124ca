package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

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

  private static void assertRefused(String message, String label, String... options) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Choice.oneOf(label, options))
            .getMessage();
    assertEquals(message, said.substring(said.length() - message.length()));
  }
}
