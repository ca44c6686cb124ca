package dev.linnet.cli;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options; what it refuses, it says in one line with what would be right. */
final class Converters {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
  private static final Pattern COUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([kKmMgG]?)");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");

  private Converters() {}

  /** Lets a command line and its subcommands use them. */
  static void register(CommandLine command) {
    command.registerConverter(Duration.class, Converters::duration);
    command.registerConverter(Count.class, text -> new Count(count(text)));
    command.registerConverter(Long.class, Converters::whole);
    command.registerConverter(
        Integer.class, text -> Math.toIntExact(range(text, whole(text), Integer.MAX_VALUE)));
    command.registerConverter(Double.class, Converters::number);
    command.registerConverter(Path.class, Converters::path);
  }

  /**
   * A number of things, such as parameters.
   *
   * @param value at least 1
   */
  record Count(long value) {}

  /** Reads {@code 90s}, {@code 10m}, {@code 1h}, {@code 1h30m}. */
  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new TypeConversionException("'" + text + "' is no duration; write 90s, 10m or 1h30m");
    }
    Duration duration =
        Duration.ofHours(part(parts, 1)).plusMinutes(part(parts, 2)).plusSeconds(part(parts, 3));
    if (duration.isZero()) {
      throw new TypeConversionException(
          "'" + text + "' is no time at all; write 90s, 10m or 1h30m");
    }
    return duration;
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  /** Reads {@code 150000}, {@code 200k}, {@code 1.5M}. */
  static long count(String text) {
    Matcher parts = COUNT.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException("'" + text + "' is no count; write 150000, 200k or 1.5M");
    }
    int zeros =
        switch (parts.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 3;
          case "m" -> 6;
          case "g" -> 9;
          default -> 0;
        };
    BigDecimal value = new BigDecimal(parts.group(1)).movePointRight(zeros);
    if (value.signum() <= 0 || value.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException("'" + text + "' is no whole number of at least 1");
    }
    return range(text, value.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue(), 1L << 53);
  }

  private static long whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is no whole number");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw tooLarge(text, Long.MAX_VALUE);
    }
  }

  private static long range(String text, long value, long largest) {
    if (value > largest || value < -largest) {
      throw tooLarge(text, largest);
    }
    return value;
  }

  private static TypeConversionException tooLarge(String text, long largest) {
    return new TypeConversionException("'" + text + "' is beyond ±" + largest);
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, with what is not finite
    }
    throw new TypeConversionException("'" + text + "' is no number");
  }

  private static Path path(String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // refused below, with the empty name
    }
    throw new TypeConversionException("'" + text + "' is no path");
  }
}
