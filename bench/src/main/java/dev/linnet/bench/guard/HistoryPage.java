package dev.linnet.bench.guard;

import dev.linnet.bench.draw.Svg;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Draws the history: a small chart for each case, a line for each CPU and JDK. */
final class HistoryPage {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 110;
  private static final int LEFT = 38;
  private static final int RIGHT = 10;
  private static final int TOP = 8;
  private static final int FOOT = 12;
  private static final double QUARTER = 0.25;
  private static final int COLOURS = 6;

  private final List<Sample> samples;
  private final List<String> lines;
  private final List<String> changes;

  private HistoryPage(List<Sample> samples) {
    this.samples = samples;
    Set<String> kinds = new LinkedHashSet<>();
    Set<String> commits = new LinkedHashSet<>();
    samples.forEach(
        sample -> {
          kinds.add(kind(sample));
          commits.add(sample.commit());
        });
    this.lines = List.copyOf(kinds);
    this.changes = List.copyOf(commits);
  }

  /** The page, with everything that it needs inside. */
  static String html(List<Sample> samples) {
    return new HistoryPage(samples).page();
  }

  private static String kind(Sample sample) {
    return sample.cpu() + ", JDK " + sample.java();
  }

  private String page() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.addAll(sample.fractions().keySet()));
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Linnet: the speed of its kernels over time</title>
        <style>
        :root { color-scheme: light dark; --ink: #1b1f24; --muted: #59636e; --paper: #fff;
          --grid: #e4e7eb; --c0: #2563b8; --c1: #c2571a; --c2: #2f7d4f; --c3: #8e3fa8;
          --c4: #b3261e; --c5: #0f7b83; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --muted: #a2abb5;
          --paper: #16191d; --grid: #33393f; --c0: #6ea8ff; --c1: #ff9d5c; --c2: #6fcf97;
          --c3: #d59bee; --c4: #ff8a80; --c5: #5fd0d8; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          margin: 2rem auto; max-width: 1280px; padding: 0 1rem; }
        h1 { font-size: 1.4rem; margin: 0; }
        p { color: var(--muted); margin: .3rem 0 1rem; max-width: 72ch; }
        .legend span { margin-right: 1.5rem; white-space: nowrap; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
          gap: 1.2rem 1rem; }
        figure { margin: 0; }
        figcaption { font-size: 13px; display: flex; justify-content: space-between; gap: .5rem; }
        figcaption span { overflow-wrap: anywhere; }
        figcaption b { font-variant-numeric: tabular-nums; white-space: nowrap; }
        svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 11px; fill: var(--muted); text-anchor: end; }
        .grid { stroke: var(--grid); }
        polyline { fill: none; stroke-width: 1.5; }
        """);
    for (int i = 0; i < COLOURS; i++) {
      html.append(
          String.format(
              Locale.ROOT,
              ".k%d { fill: var(--c%d); } polyline.k%d { fill: none; stroke: var(--c%d); }%n",
              i,
              i,
              i,
              i));
    }
    html.append("</style>\n<h1>The speed of the kernels over time</h1>\n");
    html.append(
        String.format(
            Locale.ROOT,
            "<p>What each reaches of the peak of multiply-adds that is measured beside it, and"
                + " what has none, of the memory&#8217;s triad. Changes so far: %d, oldest on the left; a dot"
                + " says which. A commit with + stands for the change right on top of it.</p>%n",
            changes.size()));
    html.append("<p class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<span><svg style=\"display:inline;width:10px\" viewBox=\"0 0 10 10\"><circle"
                  + " cx=\"5\" cy=\"5\" r=\"5\" class=\"k%d\"/></svg> %s</span>",
              i % COLOURS,
              Svg.escape(lines.get(i))));
    }
    html.append("</p>\n<div class=\"charts\">\n");
    names.forEach(name -> html.append(figure(name)));
    return html.append("</div>\n</html>\n").toString();
  }

  private String figure(String name) {
    double highest = 1;
    double last = 0;
    for (Sample sample : samples) {
      Double fraction = sample.fractions().get(name);
      if (fraction != null) {
        highest = Math.max(highest, fraction);
        last = fraction;
      }
    }
    Svg svg = new Svg(WIDTH, HEIGHT);
    double scale = (HEIGHT - TOP - FOOT) / highest;
    for (double f = 0; f <= highest; f += QUARTER * Math.ceil(highest)) {
      double y = HEIGHT - FOOT - f * scale;
      svg.line(LEFT, y, WIDTH - RIGHT, y, "grid");
      svg.text(LEFT - 5, y + 4, "", percent(f));
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, name, i, scale);
    }
    return "<figure><figcaption><span>"
        + Svg.escape(name)
        + "</span><b>"
        + percent(last)
        + "</b></figcaption>"
        + svg.markup()
        + "</figure>\n";
  }

  private void line(Svg svg, String name, int kind, double scale) {
    String type = "k" + kind % COLOURS;
    List<double[]> points = new ArrayList<>();
    List<String> tips = new ArrayList<>();
    for (Sample sample : samples) {
      Double fraction = sample.fractions().get(name);
      if (fraction != null && kind(sample).equals(lines.get(kind))) {
        points.add(
            new double[] {x(changes.indexOf(sample.commit())), HEIGHT - FOOT - fraction * scale});
        tips.add(percent(fraction) + ", " + sample.commit() + ", " + sample.date());
      }
    }
    svg.polyline(points.stream().flatMapToDouble(java.util.Arrays::stream).toArray(), type);
    for (int i = 0; i < points.size(); i++) {
      svg.dot(points.get(i)[0], points.get(i)[1], 2.5, type, tips.get(i));
    }
  }

  private double x(int change) {
    double span = WIDTH - LEFT - RIGHT - 10;
    return LEFT + 5 + (changes.size() == 1 ? span / 2 : span * change / (changes.size() - 1));
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * fraction);
  }
}
