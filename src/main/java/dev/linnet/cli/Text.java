package dev.linnet.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and tables as people read them, the same in every locale. */
final class Text {
  private Text() {}

  /** {@code 0.9834}. */
  static String accuracy(double fraction) {
    return String.format(Locale.ROOT, "%.4f", fraction);
  }

  /** {@code 123,456}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 950}, {@code 12.3k}, {@code 1.23M}, {@code 4.56G}: three digits. */
  static String rounded(double value) {
    String[] units = {"", "k", "M", "G", "T"};
    int unit = 0;
    double rest = value;
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    int digits = unit == 0 ? 0 : rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", rest) + units[unit];
  }

  /** {@code 0.123 ms}. */
  static String milliseconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f ms" : "%.1f ms", value);
  }

  /** {@code 8s}, {@code 1m 05s}, {@code 2h 10m}. */
  static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    Duration time = Duration.ofSeconds(whole);
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%dh %02dm", time.toHours(), time.toMinutesPart());
  }

  /**
   * Aligns columns.
   *
   * @param rows cells of one number
   * @param left how many columns, the first ones, are aligned to the left; the others to the right
   * @return one line a row
   */
  static List<String> table(List<List<String>> rows, int left) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String pad = " ".repeat(width(rows, c) - row.get(c).length());
        line.append("  ").append(c < left ? row.get(c) + pad : pad + row.get(c));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** A word for a POSIX shell: quoted where it has to be. */
  static String shell(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
