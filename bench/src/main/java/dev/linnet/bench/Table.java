package dev.linnet.bench;

import dev.linnet.bench.cases.Case;
import java.util.List;
import java.util.Locale;

/** The table of measurements, row by row. */
final class Table {
  private final int width;

  Table(List<Case> cases) {
    this.width = cases.stream().mapToInt(each -> each.name().length()).max().orElse(1);
  }

  String head() {
    return pad("case")
        + String.format(
            Locale.ROOT,
            "  %12s  %8s %6s  %8s %6s  %-7s  %s",
            "time",
            "GFLOP/s",
            "peak",
            "GB/s",
            "memory",
            "bound",
            "B/run");
  }

  /** A row; the fraction of the memory's ceiling is shown where that is what binds. */
  String row(Measurement m) {
    boolean memory = m.bound() == Measurement.Bound.MEMORY;
    return pad(m.name())
        + String.format(
            Locale.ROOT,
            "  %12s  %8s %6s  %8s %6s  %-7s  %d",
            time(m.nanos()),
            m.flops() == 0 ? "" : String.format(Locale.ROOT, "%.1f", m.gflops()),
            m.flops() == 0 ? "" : percent(m.peakFraction()),
            m.bytes() == 0 ? "" : String.format(Locale.ROOT, "%.1f", m.gigabytes()),
            memory ? percent(m.memoryFraction()) : "",
            memory ? "memory" : "compute",
            m.allocated());
  }

  private String pad(String name) {
    return String.format(Locale.ROOT, "%-" + width + "s", name);
  }

  /** Three digits and a unit. */
  static String time(double nanos) {
    String[] units = {"ns", "us", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT,
        value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s",
        value,
        units[unit]);
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * fraction);
  }
}
