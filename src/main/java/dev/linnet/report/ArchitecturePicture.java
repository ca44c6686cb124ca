package dev.linnet.report;

import dev.linnet.core.graph.Graph;
import dev.linnet.report.Placement.Point;
import dev.linnet.report.Tracks.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a network as a layered SVG, from the images at the top to the logits. A layer stands in one
 * box with its batch norm and activation; sums are circles, and connections that pass over layers
 * run beside them. The bar at the foot of a box is its share of the multiply-accumulates.
 *
 * <p>The drawing depends on the graph alone. Its colours follow the custom properties of the page
 * around it ({@code --ink}, {@code --muted}, {@code --line}, {@code --surface}, {@code --conv} …),
 * with defaults where there is none.
 */
public final class ArchitecturePicture {
  private static final double TITLE_LETTER = 6.7;
  private static final double DETAIL_LETTER = 5.8;
  private static final double PADDING = 20;
  private static final double CORNER = 7;
  private static final double BAR = 3;

  private final List<Block> blocks;
  private final long macs;
  private final long largest;

  /**
   * Reads a network.
   *
   * @param graph any graph with an output {@code logits}, of which the way of the data from the
   *     inputs to that output is drawn; without one, all outputs are
   */
  public ArchitecturePicture(Graph graph) {
    this.blocks = Blocks.of(graph);
    this.macs = blocks.stream().mapToLong(Block::macs).sum();
    this.largest = blocks.stream().mapToLong(Block::macs).max().orElse(0);
  }

  /** The number of boxes and circles. */
  public int size() {
    return blocks.size();
  }

  /**
   * The picture as an {@code <svg>} element.
   *
   * @param width in pixels, into which the network is folded; one with many branches may be wider
   */
  public String svg(int width) {
    Placement placement = new Placement(blocks, boxWidth(), width);
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"network\" role=\"img\""
                + " width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\">\n",
            placement.width(), placement.height()));
    svg.append("<title>").append(Html.escape(summary())).append("</title>\n");
    svg.append("<style>\n").append(Resources.text("network.css")).append("</style>\n");
    for (Connection connection : placement.connections()) {
      svg.append(line(placement, connection)).append('\n');
    }
    for (int box = 0; box < blocks.size(); box++) {
      svg.append(box(placement, box)).append('\n');
    }
    return svg.append("</svg>").toString();
  }

  private String summary() {
    String layers =
        blocks.stream()
            .filter(b -> b.kind() != Block.Kind.SUM && b.kind() != Block.Kind.PRODUCT)
            .map(Block::title)
            .collect(Collectors.joining(", "));
    return "The network, from its input to its output: " + layers;
  }

  private double boxWidth() {
    return blocks.stream()
        .mapToDouble(
            b ->
                Math.max(b.title().length() * TITLE_LETTER, detail(b).length() * DETAIL_LETTER)
                    + PADDING)
        .max()
        .orElse(0);
  }

  private static String detail(Block block) {
    List<String> parts = new ArrayList<>(List.of(block.size()));
    parts.addAll(block.followers());
    return String.join(" · ", parts);
  }

  private String box(Placement placement, int box) {
    Block block = blocks.get(box);
    Point centre = placement.centre(box);
    String kind = block.kind().name().toLowerCase(Locale.ROOT);
    String head = format("<g class=\"%s\"><title>%s</title>", kind, Html.escape(hint(block)));
    if (placement.round(box)) {
      return head + circle(block, centre) + "</g>";
    }
    double width = placement.width(box);
    double height = placement.height(box);
    double x = centre.x() - width / 2;
    double y = centre.y() - height / 2;
    String rect =
        format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x, y, width, height);
    StringBuilder out = new StringBuilder(head);
    out.append(rect).append(" rx=\"6\"/>");
    if (block.kind() == Block.Kind.NONE) {
      out.append(text("name", centre.x(), centre.y() + 4, block.title()));
      return out.append("</g>").toString();
    }
    out.append(text("name", centre.x(), y + 17, block.title()));
    out.append(text("detail", centre.x(), y + 31.5, detail(block)));
    if (block.macs() > 0) {
      double share = (width - 12) * block.macs() / largest;
      out.append(
          format(
              "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
              x + 6, y + height - BAR - 1.5, Math.max(1, share), BAR));
    }
    return out.append("</g>").toString();
  }

  private String circle(Block block, Point centre) {
    double radius = Placement.JOIN / 2;
    String circle =
        format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", centre.x(), centre.y(), radius);
    String sign = text("name", centre.x(), centre.y() + 4.5, block.title());
    String followers =
        block.followers().isEmpty()
            ? ""
            : text(
                "detail beside",
                centre.x() - radius - 6,
                centre.y() + 3.5,
                String.join(" · ", block.followers()));
    return circle + sign + followers;
  }

  private String hint(Block block) {
    String share =
        block.macs() == 0
            ? ""
            : format(
                "; %,d multiply-accumulates, %.1f %% of all",
                block.macs(), 100.0 * block.macs() / macs);
    String parameters =
        block.parameters() == 0 ? "" : format("; %,d parameters", block.parameters());
    String name =
        switch (block.kind()) {
          case SUM -> "sum";
          case PRODUCT -> "product";
          default -> block.title();
        };
    return name + ", " + detail(block) + share + parameters;
  }

  private static String line(Placement placement, Connection connection) {
    List<Point> way = placement.way(connection);
    StringBuilder path = new StringBuilder(format("M%.1f %.1f", way.get(0).x(), way.get(0).y()));
    for (int i = 1; i < way.size() - 1; i++) {
      path.append(corner(way.get(i - 1), way.get(i), way.get(i + 1)));
    }
    Point end = way.get(way.size() - 1);
    path.append(format("L%.1f %.1f", end.x(), end.y()));
    return "<path class=\"way\" d=\"" + path + "\"/>" + head(way.get(way.size() - 2), end);
  }

  /** A rounded turn at {@code at}. */
  private static String corner(Point before, Point at, Point after) {
    Point in = towards(at, before);
    Point out = towards(at, after);
    return format(
        "L%.1f %.1fQ%.1f %.1f %.1f %.1f", in.x(), in.y(), at.x(), at.y(), out.x(), out.y());
  }

  /** The point on the way from {@code from} where a rounded turn begins. */
  private static Point towards(Point from, Point to) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double length = Math.hypot(dx, dy);
    double step = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
    return new Point(from.x() + dx * step, from.y() + dy * step);
  }

  /** An arrow head at {@code at}, pointing along an axis. */
  private static String head(Point before, Point at) {
    double dx = Math.signum(Math.rint(at.x() - before.x()));
    double dy = Math.signum(Math.rint(at.y() - before.y()));
    return format(
        "<path class=\"head\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fz\"/>",
        at.x(),
        at.y(),
        at.x() - 6 * dx - 3.5 * dy,
        at.y() - 6 * dy - 3.5 * dx,
        at.x() - 6 * dx + 3.5 * dy,
        at.y() - 6 * dy + 3.5 * dx);
  }

  private static String text(String style, double x, double y, String text) {
    return format(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, Html.escape(text));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
