package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({"90s,90", "10m,600", "1h,3600", "1h30m,5400", "2m5s,125"})
  void aDurationHasUnits(String text, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), Converters.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "90 s", "1.5h", "-3m", "m", "5s2m", "0s", "1d", "9999999s"})
  void anythingElseIsNoDuration(String text) {
    TypeConversionException e =
        assertThrows(TypeConversionException.class, () -> Converters.duration(text));
    assertTrue(e.getMessage().startsWith("'" + text + "' is no "), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"150000,150000", "200k,200000", "1.5M,1500000", "2G,2000000000", "0.25k,250", "7,7"})
  void aCountMayHaveAUnit(String text, long value) {
    assertEquals(value, Converters.count(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "1.5", "-3", "0", "1,000", "0.0001k", "1e6", "3T", "1.5 M"})
  void anythingElseIsNoCount(String text) {
    TypeConversionException e =
        assertThrows(TypeConversionException.class, () -> Converters.count(text));
    assertTrue(e.getMessage().startsWith("'" + text + "' is no "), e.getMessage());
  }

  @Test
  void aCountBeyondAllMeasureIsRefused() {
    assertThrows(TypeConversionException.class, () -> Converters.count("999999999999999G"));
  }
}
