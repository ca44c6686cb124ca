package dev.linnet.bench;

import dev.linnet.bench.draw.Svg;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws measurements under the roofs of the machine (Williams et al. 2009): GFLOP/s over FLOP per
 * byte, both logarithmic, below the peak of multiply-adds and the triads of the sizes measured.
 * Only kernels with multiply-accumulates are in it.
 */
final class Roofline {
  private static final int PLOT_LEFT = 64;
  private static final int PLOT_TOP = 64;
  private static final int PLOT_WIDTH = 620;
  private static final int PLOT_HEIGHT = 480;
  private static final int LIST_LEFT = PLOT_LEFT + PLOT_WIDTH + 40;
  private static final int LIST_COLUMN = 370;
  private static final int LIST_ROWS = 44;
  private static final int LINE = 14;
  private static final int BOTTOM = 60;
  private static final int LEAST_INTENSITY = -2; // a quarter: room for the roofs of memory
  private static final long[] SIZES = {48 << 10, 1 << 20, 32 << 20, Long.MAX_VALUE};
  private static final String[] SIZE_NAMES = {
    "up to 48 KiB", "up to 1 MiB", "up to 32 MiB", "more than 32 MiB"
  };
  private static final String STYLE =
      "text{font:12px system-ui,sans-serif;fill:#1b1f24}.title{font-size:16px;font-weight:600}"
          + ".muted{fill:#59636e}.end{text-anchor:end;fill:#59636e}.mid{text-anchor:middle;"
          + "fill:#59636e}.key{font-size:11px}.number{font-size:9px;text-anchor:middle}"
          + ".grid{stroke:#e4e7eb}.peak{stroke:#b3261e;stroke-width:2}.triad{stroke:#8a6d00;"
          + "stroke-width:1.5;stroke-dasharray:6 4}.conv{fill:#2563b8}.depthwise{fill:#c2571a}"
          + ".gemm{fill:#2f7d4f}.paper{fill:#fff}"
          + "@media(prefers-color-scheme:dark){text{fill:#e6e8eb}.muted,.end,.mid{fill:#a2abb5}"
          + ".grid{stroke:#33393f}.paper{fill:#16191d}.conv{fill:#6ea8ff}.depthwise{fill:#ff9d5c}"
          + ".gemm{fill:#6fcf97}.peak{stroke:#ff8a80}.triad{stroke:#e0c050}}";

  private final List<Measurement> kernels;
  private final double peak;
  private final double lowX;
  private final double highX;
  private final double lowY;
  private final double highY;

  private Roofline(List<Measurement> kernels) {
    this.kernels = kernels;
    this.peak = median(kernels.stream().mapToDouble(Measurement::peak).toArray());
    double[] x = kernels.stream().mapToDouble(Roofline::intensity).sorted().toArray();
    double[] y = kernels.stream().mapToDouble(Measurement::gflops).sorted().toArray();
    this.lowX = Math.min(LEAST_INTENSITY, Math.floor(log2(x[0]) - 0.3));
    this.highX = Math.ceil(log2(x[x.length - 1]) + 0.3);
    this.lowY = Math.floor(log2(y[0]) - 0.3);
    this.highY = Math.ceil(log2(Math.max(peak, y[y.length - 1])) + 0.1);
  }

  /**
   * The picture.
   *
   * @param title what was measured on what
   * @throws IllegalArgumentException if no measurement has both operations and bytes
   */
  static String draw(String title, List<Measurement> measurements) {
    List<Measurement> kernels =
        measurements.stream()
            .filter(m -> m.flops() > 0 && m.bytes() > 0)
            .sorted(Comparator.comparingDouble(Roofline::intensity))
            .toList();
    if (kernels.isEmpty()) {
      throw new IllegalArgumentException(
          "--roofline: none of the cases has multiply-accumulates and bytes; take kernels such as"
              + " --filter conv");
    }
    return new Roofline(kernels).picture(title);
  }

  private static double intensity(Measurement m) {
    return (double) m.flops() / m.bytes();
  }

  private String picture(String title) {
    int columns = (kernels.size() + LIST_ROWS - 1) / LIST_ROWS;
    int rows = Math.min(LIST_ROWS, kernels.size());
    int height = Math.max(PLOT_TOP + PLOT_HEIGHT, PLOT_TOP + rows * LINE) + BOTTOM;
    Svg svg = new Svg(LIST_LEFT + columns * LIST_COLUMN, height);
    svg.style(STYLE).paper();
    svg.text(PLOT_LEFT, 24, "title", "Roofline: " + title);
    svg.text(
        PLOT_LEFT,
        44,
        "muted",
        "The roofs are medians of the loops that ran beside each kernel; a triad is one of as many"
            + " bytes.");
    axes(svg);
    roofs(svg);
    for (int i = 0; i < kernels.size(); i++) {
      point(svg, i);
    }
    return svg.markup();
  }

  private void axes(Svg svg) {
    double foot = PLOT_TOP + PLOT_HEIGHT;
    for (double x = lowX; x <= highX; x++) {
      svg.line(x(x), PLOT_TOP, x(x), foot, "grid");
      svg.text(x(x), foot + 18, "mid", power(x));
    }
    for (double y = lowY; y <= highY; y++) {
      svg.line(PLOT_LEFT, y(y), PLOT_LEFT + PLOT_WIDTH, y(y), "grid");
      svg.text(PLOT_LEFT - 8, y(y) + 4, "end", power(y));
    }
    svg.text(PLOT_LEFT + PLOT_WIDTH / 2.0, foot + 40, "mid", "FLOP per byte that has to be moved");
    svg.upwards(18, PLOT_TOP + PLOT_HEIGHT / 2.0, "mid", "GFLOP/s");
  }

  private void roofs(Svg svg) {
    double peakY = log2(peak);
    svg.line(PLOT_LEFT, y(peakY), PLOT_LEFT + PLOT_WIDTH, y(peakY), "peak");
    svg.text(
        PLOT_LEFT + 6,
        y(peakY) - 6,
        "muted",
        String.format(Locale.ROOT, "multiply-adds in registers: %.0f GFLOP/s", peak));
    long below = 0;
    for (int i = 0; i < SIZES.length; i++) {
      long from = below;
      long to = SIZES[i];
      below = to;
      double[] triads =
          kernels.stream()
              .filter(m -> m.bytes() > from && m.bytes() <= to)
              .mapToDouble(Measurement::triad)
              .toArray();
      if (triads.length > 0) {
        diagonal(svg, median(triads), SIZE_NAMES[i]);
      }
    }
  }

  /** The roof of a memory: GFLOP/s = GB/s · FLOP/byte, up to the peak. */
  private void diagonal(Svg svg, double gigabytes, String size) {
    double rate = log2(gigabytes);
    double left = Math.max(lowX, lowY - rate);
    double right = Math.min(highX, log2(peak) - rate);
    if (left < right) {
      svg.line(x(left), y(left + rate), x(right), y(right + rate), "triad");
      String about = String.format(Locale.ROOT, "triad %s: %.0f GB/s", size, gigabytes);
      svg.along(x(left), y(left + rate), x(right), y(right + rate), "key", about);
    }
  }

  private void point(Svg svg, int index) {
    Measurement m = kernels.get(index);
    String type =
        m.name().startsWith("conv")
            ? "conv"
            : m.name().startsWith("depthwise") ? "depthwise" : "gemm";
    String about =
        String.format(
            Locale.ROOT,
            "%s: %.1f GFLOP/s, %s of the peak",
            m.name(),
            m.gflops(),
            Table.percent(m.peakFraction()));
    double x = x(log2(intensity(m)));
    double y = y(log2(m.gflops()));
    String number = String.valueOf(index + 1);
    svg.dot(x, y, 4, type, about);
    svg.text(x, y - 6, "number", number);
    double left = LIST_LEFT + index / LIST_ROWS * LIST_COLUMN;
    double row = PLOT_TOP + (index % LIST_ROWS) * LINE + LINE / 2.0;
    svg.dot(left, row - 4, 4, type, about);
    svg.text(left + 10, row, "key", number + "  " + m.name());
    svg.text(
        left + LIST_COLUMN - 70, row, "end key", String.format(Locale.ROOT, "%.1f", m.gflops()));
    svg.text(left + LIST_COLUMN - 30, row, "end key", Table.percent(m.peakFraction()));
  }

  private double x(double log) {
    return PLOT_LEFT + (log - lowX) / (highX - lowX) * PLOT_WIDTH;
  }

  private double y(double log) {
    return PLOT_TOP + PLOT_HEIGHT - (log - lowY) / (highY - lowY) * PLOT_HEIGHT;
  }

  private static String power(double log) {
    return log >= 0 ? String.valueOf(1L << (int) log) : "1/" + (1L << (int) -log);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return Measurement.median(sorted);
  }
}
