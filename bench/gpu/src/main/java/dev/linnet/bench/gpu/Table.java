package dev.linnet.bench.gpu;

import dev.linnet.core.exec.ContractReport;
import java.util.Locale;

/** The rows of the tables that are printed. */
final class Table {
  private static final String[] UNITS = {"ns", "us", "ms", "s"};
  private static final int THOUSAND = 1000;

  private Table() {}

  static String correctnessHead() {
    return format("%-52s %6s %10s %10s", "operation", "cases", "error", "tolerated");
  }

  /**
   * The largest error relative to the largest value, and as a part of what is tolerated.
   *
   * @param figures whether the line has these
   */
  static String correctness(ContractReport.Line line, boolean figures) {
    return format(
        "%-52s %6d %10s %10s%s",
        line.name(),
        line.cases(),
        !figures ? "" : line.error() == 0 ? "none" : format("%.1e", line.error()),
        figures && line.error() != 0 ? percent(line.ofTolerance()) : "",
        line.passed() ? "" : "  WRONG in " + line.failed() + ": " + line.reason());
  }

  static String kernelHead(int width) {
    return format(
        "%-" + width + "s %9s %19s %10s %6s %9s %6s",
        "kernel",
        "time",
        "fastest–slowest",
        "GFLOP/s",
        "peak",
        "GB/s",
        "copy");
  }

  static String kernel(int width, KernelRow row) {
    boolean flops = row.flops() > 0;
    return format(
        "%-" + width + "s %9s %19s %10s %6s %9s %6s",
        row.name(),
        time(row.samples().median()),
        range(row.samples()),
        flops ? format("%.1f", row.gflops()) : "",
        flops ? percent(row.ofPeak()) : "",
        format("%.1f", row.gigabytes()),
        percent(row.ofCopy()));
  }

  static String networkHead(int width) {
    return format(
        "%-" + width + "s %9s %19s %11s %10s %6s",
        "network",
        "batch",
        "fastest–slowest",
        "images/s",
        "GFLOP/s",
        "peak");
  }

  static String network(int width, NetworkRow row) {
    return format(
        "%-" + width + "s %9s %19s %11.1f %10.1f %6s",
        row.name(),
        time(row.samples().median()),
        range(row.samples()),
        row.imagesPerSecond(),
        row.gflops(),
        percent(row.ofPeak()));
  }

  static String torchHead(int width) {
    return format(
        "%-" + width + "s %-11s %12s %12s %7s",
        "network",
        "PyTorch",
        "its images/s",
        "Linnet's",
        "ratio");
  }

  /** Beside PyTorch: above 1 Linnet is faster. */
  static String torch(int width, NetworkRow row, TorchResult.Run run) {
    return format(
        "%-" + width + "s %-11s %12.1f %12.1f %7.2f%s",
        row.name(),
        run.variant(),
        run.samples().rate(row.batch()),
        row.imagesPerSecond(),
        ratio(row, run),
        run.parameters() == row.parameters()
            ? ""
            : "  NOT THE SAME NETWORK: " + run.parameters() + " and " + row.parameters());
  }

  /** How many times as fast Linnet is. */
  static double ratio(NetworkRow row, TorchResult.Run run) {
    return run.samples().median() / row.samples().median();
  }

  private static String range(Samples samples) {
    return time(samples.low()) + "–" + time(samples.high());
  }

  /** Three digits and a unit. */
  static String time(double seconds) {
    double value = seconds * 1e9;
    int unit = 0;
    while (value >= THOUSAND && unit < UNITS.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    return format(value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  static String percent(double fraction) {
    return format("%.0f %%", 100 * fraction);
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
