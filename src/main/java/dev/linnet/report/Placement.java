package dev.linnet.report;

import dev.linnet.report.Tracks.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * Coordinates of a picture in pixels: where the boxes stand and how the connections run. A network
 * too tall for one column goes on at the top of the next one, cut where the value of a single box
 * is all that goes on.
 */
final class Placement {
  /** The height of a box with two lines of text. */
  static final double BOX_HEIGHT = 42;

  /** The diameter of a sum or product. */
  static final double JOIN = 20;

  private static final double NONE_HEIGHT = 22;
  private static final double GAP = 20;
  private static final double TRACK_GAP = 14;
  private static final double LANE = 12;
  private static final double GUTTER = 44;
  private static final double MARGIN = 20;
  private static final double LEAST_COLUMN = 480;
  private static final double WORTHWHILE = 0.75;

  private final List<Block> blocks;
  private final Tracks tracks;
  private final double boxWidth;
  private final double[] heights;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  /** Ranks that are drawn above each other. */
  private record Column(int first, int last, double left, double right) {}

  /** Ranks between two cuts, with the centres of the tracks from the left edge of the column. */
  private record Segment(int first, int last, double[] centres, double width) {}

  /** A point of a connection. */
  record Point(double x, double y) {}

  /**
   * Lays a network out.
   *
   * @param boxWidth of the boxes with text
   * @param width that the picture should not exceed; a network with many branches may
   */
  Placement(List<Block> blocks, double boxWidth, double width) {
    this.blocks = blocks;
    this.tracks = new Tracks(blocks);
    this.boxWidth = boxWidth;
    this.heights = new double[tracks.ranks()];
    for (int box = 0; box < blocks.size(); box++) {
      heights[tracks.rank(box)] = Math.max(heights[tracks.rank(box)], height(box));
    }
    segment();
    fold(width);
  }

  /** The width of the whole picture. */
  double width() {
    return columns.get(columns.size() - 1).right + MARGIN;
  }

  /** The height of the whole picture. */
  double height() {
    return 2 * MARGIN
        + columns.stream().mapToDouble(c -> extent(c.first, c.last)).max().orElseThrow();
  }

  /** The connections between the boxes. */
  List<Connection> connections() {
    return tracks.connections();
  }

  /** The width of a box. */
  double width(int box) {
    return round(box) ? JOIN : blocks.get(box).kind() == Block.Kind.NONE ? 52 : boxWidth;
  }

  /** The height of a box. */
  double height(int box) {
    return round(box) ? JOIN : blocks.get(box).kind() == Block.Kind.NONE ? NONE_HEIGHT : BOX_HEIGHT;
  }

  /** The centre of a box. */
  Point centre(int box) {
    int rank = tracks.rank(box);
    return new Point(x(tracks.track(box), rank), middle(rank));
  }

  /** Whether a box is a small circle. */
  boolean round(int box) {
    Block.Kind kind = blocks.get(box).kind();
    return kind == Block.Kind.SUM || kind == Block.Kind.PRODUCT;
  }

  /** The corners of a connection, from the edge of one box to the edge of the other. */
  List<Point> way(Connection connection) {
    int from = connection.from();
    int to = connection.to();
    Point a = new Point(centre(from).x(), centre(from).y() + height(from) / 2);
    Point b = new Point(centre(to).x(), centre(to).y() - height(to) / 2);
    Column end = column(tracks.rank(to));
    boolean folded = end.first > tracks.rank(from);
    int lane = lane(connection, folded);
    double x = x(lane, tracks.rank(to));
    List<Point> way = new ArrayList<>(List.of(a));
    if (folded) {
      double gutter = end.left - GUTTER / 2;
      way.add(new Point(a.x(), a.y() + GAP / 2));
      way.add(new Point(gutter, a.y() + GAP / 2));
      way.add(new Point(gutter, MARGIN - GAP / 2));
      way.add(new Point(x, MARGIN - GAP / 2));
    } else if (x != a.x()) {
      double below = bottom(tracks.rank(from)) + GAP / 2;
      way.add(new Point(a.x(), below));
      way.add(new Point(x, below));
    }
    if (x == b.x()) {
      way.add(b);
    } else if (round(to) && open(lane, to)) {
      double middle = centre(to).y();
      way.add(new Point(x, middle));
      way.add(new Point(b.x() + Math.copySign(JOIN / 2, x - b.x()), middle));
    } else {
      double above = top(tracks.rank(to)) - GAP / 2;
      way.add(new Point(x, above));
      way.add(new Point(b.x(), above));
      way.add(b);
    }
    return way;
  }

  /** The track in which a connection comes down to its end. */
  private int lane(Connection connection, boolean folded) {
    if (tracks.passes(connection)) {
      return tracks.lane(connection);
    }
    int own = tracks.track(connection.from());
    boolean sideways = round(connection.to()) && open(own, connection.to());
    return sideways && !folded ? own : tracks.track(connection.to());
  }

  /** Whether nothing stands between a track and a box, in the row of the box. */
  private boolean open(int track, int box) {
    int own = tracks.track(box);
    for (int t = Math.min(track, own); t <= Math.max(track, own); t++) {
      if (t != own && tracks.taken(t, tracks.rank(box))) {
        return false;
      }
    }
    return track != own;
  }

  private Column column(int rank) {
    return columns.stream().filter(c -> rank <= c.last).findFirst().orElseThrow();
  }

  private double x(int track, int rank) {
    Segment segment = segments.stream().filter(s -> rank <= s.last).findFirst().orElseThrow();
    return column(rank).left + segment.centres[track];
  }

  private double top(int rank) {
    Column column = column(rank);
    return MARGIN + (rank == column.first ? 0 : extent(column.first, rank - 1) + GAP);
  }

  private double bottom(int rank) {
    return top(rank) + heights[rank];
  }

  private double middle(int rank) {
    return top(rank) + heights[rank] / 2;
  }

  /** The height of neighbouring ranks. */
  private double extent(int first, int last) {
    double sum = (last - first) * GAP;
    for (int rank = first; rank <= last; rank++) {
      sum += heights[rank];
    }
    return sum;
  }

  /** As many columns as the width allows and the height needs, as even as the cuts allow. */
  private void fold(double width) {
    double limit = LEAST_COLUMN;
    fill(limit);
    while (columns.size() > 1 && width() > width) {
      limit *= 1.1;
      fill(limit);
    }
    if (height() - 2 * MARGIN > WORTHWHILE * extent(0, heights.length - 1)) {
      fill(Double.MAX_VALUE);
      return;
    }
    int count = columns.size();
    double even = limit;
    while (count > 1 && columns.size() == count && width() <= width) {
      limit = even;
      even *= 0.98;
      fill(even);
    }
    fill(limit);
  }

  /** Makes columns of at most the given height, where there are cuts for it. */
  private void fill(double limit) {
    columns.clear();
    int first = 0;
    double width = 0;
    for (Segment segment : segments) {
      if (segment.first > first && extent(first, segment.last) > limit) {
        add(first, segment.first - 1, width);
        first = segment.first;
        width = 0;
      }
      width = Math.max(width, segment.width);
    }
    add(first, heights.length - 1, width);
  }

  private void add(int first, int last, double width) {
    double left = columns.isEmpty() ? MARGIN : columns.get(columns.size() - 1).right + GUTTER;
    columns.add(new Column(first, last, left, left + width));
  }

  private void segment() {
    int first = 0;
    for (int rank = 0; rank < heights.length; rank++) {
      if (rank == heights.length - 1 || cut(rank)) {
        segments.add(segment(first, rank));
        first = rank + 1;
      }
    }
  }

  /** Whether all connections that cross behind a rank come from one box just above. */
  private boolean cut(int rank) {
    int[] sources =
        tracks.connections().stream()
            .filter(c -> tracks.rank(c.from()) <= rank && rank < tracks.rank(c.to()))
            .mapToInt(Connection::from)
            .distinct()
            .toArray();
    return sources.length == 1 && tracks.rank(sources[0]) == rank;
  }

  private Segment segment(int first, int last) {
    double[] centres = new double[tracks.tracks()];
    double x = 0;
    double right = 0;
    for (int track = 0; track < centres.length; track++) {
      double wide = extent(track, first, last);
      centres[track] = x + wide / 2;
      right = wide > 0 ? x + wide : right;
      x += wide > 0 ? wide + TRACK_GAP : 0;
    }
    return new Segment(first, last, centres, right);
  }

  /** The width of a track for some ranks; 0 where it is not used. */
  private double extent(int track, int first, int last) {
    double wide = 0;
    for (int rank = first; rank <= last; rank++) {
      wide = tracks.taken(track, rank) ? Math.max(wide, LANE) : wide;
    }
    for (int box = 0; box < blocks.size(); box++) {
      int rank = tracks.rank(box);
      if (tracks.track(box) == track && rank >= first && rank <= last) {
        wide = Math.max(wide, width(box));
      }
    }
    return wide;
  }
}
