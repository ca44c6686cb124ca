package dev.linnet.bench.draw;

import java.util.Locale;

/** Writes SVG elements, in the order in which they are drawn. */
public final class Svg {
  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  /**
   * An empty picture.
   *
   * @param width in units of the picture
   * @param height likewise
   */
  public Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Text without markup, for elements and attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Style rules, which apply to the classes of what is drawn. */
  public Svg style(String rules) {
    body.append("<style>").append(rules).append("</style>\n");
    return this;
  }

  /** A ground for all that follows, of class {@code paper}. */
  public Svg paper() {
    return add("<rect width=\"100%%\" height=\"100%%\" class=\"paper\"/>");
  }

  /** A line of text; its class says where x is: at its start, or as the style has it. */
  public Svg text(double x, double y, String type, String text) {
    return add("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, type, escape(text));
  }

  /** A line of text that reads upwards, around its middle. */
  public Svg upwards(double x, double y, String type, String text) {
    return add(
        "<text transform=\"translate(%.1f %.1f) rotate(-90)\" class=\"%s\">%s</text>",
        x, y, type, escape(text));
  }

  /** A line of text above a straight line, from near its start. */
  public Svg along(double x1, double y1, double x2, double y2, String type, String text) {
    return add(
        "<text transform=\"translate(%.1f %.1f) rotate(%.2f)\" x=\"12\" y=\"-5\" class=\"%s\">"
            + "%s</text>",
        x1, y1, Math.toDegrees(Math.atan2(y2 - y1, x2 - x1)), type, escape(text));
  }

  /** A straight line. */
  public Svg line(double x1, double y1, double x2, double y2, String type) {
    return add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
        x1, y1, x2, y2, type);
  }

  /** A line through points, x and y by turns. */
  public Svg polyline(double[] points, String type) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      text.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
    }
    return add("<polyline points=\"%s\" class=\"%s\"/>", text.toString().trim(), type);
  }

  /** A dot with a tooltip. */
  public Svg dot(double x, double y, double radius, String type, String tip) {
    return add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"><title>%s</title></circle>",
        x, y, radius, type, escape(tip));
  }

  private Svg add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** The picture, which may stand in a page or be a file of its own. */
  public String markup() {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\">\n",
            width,
            height,
            width,
            height)
        + body
        + "</svg>\n";
  }
}
