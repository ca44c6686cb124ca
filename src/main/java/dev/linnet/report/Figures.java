package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as the page shows them. */
final class Figures {
  /** What stands where there is no number. */
  static final String NONE = "–";

  private Figures() {}

  /** {@code 98.61 %} of a fraction. */
  static String percent(double fraction) {
    return format("%.2f\u00A0%%", 100 * fraction);
  }

  /** {@code 98.61}: percentage points of a fraction, without a sign. */
  static String points(double fraction) {
    return format("%.2f", Math.abs(100 * fraction));
  }

  /** {@code 1,234,567}. */
  static String count(double value) {
    return format("%,d", Math.round(value));
  }

  /** {@code 1.23 M}: three digits and a prefix; whole below 10,000. */
  static String brief(double value) {
    if (Math.abs(value) < 10_000) {
      return count(value);
    }
    String[] prefixes = {"k", "M", "G", "T"};
    double scaled = value / 1000;
    int prefix = 0;
    while (Math.abs(scaled) >= 999.5 && prefix < prefixes.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    return digits(scaled) + "\u00A0" + prefixes[prefix];
  }

  /** {@code 0.123 ms}. */
  static String milliseconds(double value) {
    return digits(value) + "\u00A0ms";
  }

  /** {@code 42.3 s}, {@code 1 min 42 s}, {@code 2 h 5 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return format("%.1f\u00A0s", seconds);
    }
    return whole < 3600
        ? format("%d\u00A0min %d\u00A0s", whole / 60, whole % 60)
        : format("%d\u00A0h %d\u00A0min", whole / 3600, whole % 3600 / 60);
  }

  /** {@code 0.62}, with a sign where it is negative. */
  static String correlation(double value) {
    return format("%.2f", value).replace('-', '−');
  }

  /** Three significant digits, without an exponent. */
  private static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return format("%." + decimals + "f", value);
  }

  /**
   * A number of the run that a reader can check: what is shown, and the exact value beside it.
   *
   * @param path where it stands in {@code result.json}, such as {@code best.macs}; empty if it does
   *     not
   */
  static Html value(String path, JsonNode value, DoubleFunction<String> shown) {
    if (!value.isNumber()) {
      return Html.text(NONE);
    }
    Html of = path.isEmpty() ? Html.NONE : Html.of(" data-of=\"%s\"", path);
    return Html.of(
        "<data value=\"%s\"%s>%s</data>", value.asText(), of, shown.apply(value.asDouble()));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
