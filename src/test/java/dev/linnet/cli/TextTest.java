package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "999,999",
    "1000,1.00k",
    "12345,12.3k",
    "123456,123k",
    "999499,999k",
    "999500,1.00M",
    "1234567,1.23M",
    "4560000000,4.56G"
  })
  void aRoundedNumberHasThreeDigits(long value, String text) {
    assertEquals(text, Text.rounded(value));
  }

  @ParameterizedTest
  @CsvSource({"0.4,0s", "59.4,59s", "59.6,1m 00s", "65,1m 05s", "3600,1h 00m", "7800,2h 10m"})
  void aDurationHasTwoUnitsAtMost(double seconds, String text) {
    assertEquals(text, Text.duration(seconds));
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    assertEquals("0.9834", Text.accuracy(0.98336));
    assertEquals("1,234,567", Text.count(1_234_567));
    assertEquals("0.123 ms", Text.milliseconds(0.1234));
    assertEquals("12.3 ms", Text.milliseconds(12.34));
  }

  @Test
  void aTableAlignsNamesLeftAndNumbersRight() {
    assertEquals(
        List.of("  name       n", "  a          1", "  long one  23"),
        Text.table(List.of(List.of("name", "n"), List.of("a", "1"), List.of("long one", "23")), 1));
  }

  @Test
  void aWordForAShellIsQuotedWhereItHasToBe() {
    assertEquals("runs/a-1.linnet", Text.shell("runs/a-1.linnet"));
    assertEquals("'two words'", Text.shell("two words"));
    assertEquals("'it'\\''s'", Text.shell("it's"));
    assertEquals("''", Text.shell(""));
  }
}
