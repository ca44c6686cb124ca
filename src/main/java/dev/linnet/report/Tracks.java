package dev.linnet.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the boxes and connections of a picture go on a grid of ranks (rows) and tracks (columns).
 *
 * <p>The rank of a box is its longest distance from an input. The longest way to the last box is
 * track 0 and has no gaps. Every other chain of boxes, and every connection that passes over ranks,
 * takes the first free track beside it, short ones first, so that nested connections are drawn
 * nested.
 */
final class Tracks {
  private final List<Block> blocks;
  private final int[] ranks;
  private final int[] tracks;
  private final Map<Connection, Integer> lanes = new HashMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final List<boolean[]> taken = new ArrayList<>();

  /** From box {@code from} to box {@code to}. */
  record Connection(int from, int to) {}

  /** Boxes or connections that share a track for the ranks {@code first} to {@code last}. */
  private record Strip(int first, int last, List<Integer> boxes, List<Connection> passing) {
    int length() {
      return last - first + 1;
    }
  }

  /** Places boxes, of which there is at least one. */
  Tracks(List<Block> blocks) {
    this.blocks = blocks;
    this.ranks = new int[blocks.size()];
    this.tracks = new int[blocks.size()];
    rank();
    List<Strip> strips = strips();
    strips.sort(Comparator.comparingInt(Strip::length).thenComparingInt(Strip::first));
    strips.forEach(this::settle);
  }

  /** The row of a box. */
  int rank(int box) {
    return ranks[box];
  }

  /** The number of rows. */
  int ranks() {
    return Arrays.stream(ranks).max().orElseThrow() + 1;
  }

  /** The column of a box. */
  int track(int box) {
    return tracks[box];
  }

  /** The number of columns. */
  int tracks() {
    return taken.size();
  }

  /** All connections, in the order of their ends. */
  List<Connection> connections() {
    return connections;
  }

  /** The column in which a connection passes over ranks; that of its start if it has none. */
  int lane(Connection connection) {
    return lanes.getOrDefault(connection, tracks[connection.from]);
  }

  /** Whether a connection has a column of its own. */
  boolean passes(Connection connection) {
    return lanes.containsKey(connection);
  }

  /** Whether a column is in use at a rank. */
  boolean taken(int track, int rank) {
    return taken.get(track)[rank];
  }

  private void rank() {
    for (int box = 0; box < ranks.length; box++) {
      for (int input : blocks.get(box).inputs()) {
        ranks[box] = Math.max(ranks[box], ranks[input] + 1);
        connections.add(new Connection(input, box));
      }
    }
  }

  private List<Strip> strips() {
    boolean[] placed = new boolean[ranks.length];
    Arrays.fill(tracks, -1);
    spine(placed);
    List<Strip> strips = new ArrayList<>();
    Integer[] byRank = new Integer[ranks.length];
    Arrays.setAll(byRank, i -> i);
    Arrays.sort(byRank, Comparator.comparingInt(box -> ranks[box]));
    List<Connection> open = new ArrayList<>(connections);
    open.removeIf(c -> tracks[c.from] == 0 && tracks[c.to] == 0 && span(c) == 1);
    for (int first : byRank) {
      if (!placed[first]) {
        strips.add(chain(first, placed, open));
      }
    }
    Map<Integer, List<Connection>> bySource = new java.util.TreeMap<>();
    open.stream()
        .filter(c -> span(c) > 1)
        .forEach(c -> bySource.computeIfAbsent(c.from, from -> new ArrayList<>()).add(c));
    bySource.forEach((from, passing) -> strips.add(bundle(from, passing)));
    return strips;
  }

  /** The longest way to the last box of the highest rank. */
  private void spine(boolean[] placed) {
    taken.add(new boolean[ranks()]);
    int box = 0;
    for (int i = 0; i < ranks.length; i++) {
      box = ranks[i] >= ranks[box] ? i : box;
    }
    while (box >= 0) {
      placed[box] = true;
      tracks[box] = 0;
      taken.get(0)[ranks[box]] = true;
      int below = ranks[box] - 1;
      box = blocks.get(box).inputs().stream().filter(i -> ranks[i] == below).findFirst().orElse(-1);
    }
  }

  /** The boxes from {@code first} on that nobody has placed yet, and the connection behind them. */
  private Strip chain(int first, boolean[] placed, List<Connection> open) {
    List<Integer> boxes = new ArrayList<>();
    List<Connection> inside = new ArrayList<>();
    int end = ranks[first];
    int box = first;
    while (box >= 0) {
      boxes.add(box);
      placed[box] = true;
      end = Math.max(end, ranks[box]);
      int from = box;
      Connection next =
          open.stream()
              .filter(c -> c.from == from)
              .min(
                  Comparator.comparing((Connection c) -> placed[c.to])
                      .thenComparingInt(c -> ranks[c.to]))
              .orElse(null);
      box = -1;
      if (next != null) {
        inside.add(next);
        open.remove(next);
        end = Math.max(end, ranks[next.to] - 1);
        box = placed[next.to] ? -1 : next.to;
      }
    }
    return new Strip(ranks[first], end, boxes, inside);
  }

  private Strip bundle(int from, List<Connection> passing) {
    int last = passing.stream().mapToInt(c -> ranks[c.to]).max().orElseThrow() - 1;
    return new Strip(ranks[from] + 1, last, List.of(), passing);
  }

  private int span(Connection connection) {
    return ranks[connection.to] - ranks[connection.from];
  }

  private void settle(Strip strip) {
    int track = 1;
    while (track < taken.size() && !free(track, strip)) {
      track++;
    }
    if (track == taken.size()) {
      taken.add(new boolean[ranks()]);
    }
    Arrays.fill(taken.get(track), strip.first, strip.last + 1, true);
    for (int box : strip.boxes) {
      tracks[box] = track;
    }
    for (Connection connection : strip.passing) {
      if (span(connection) > 1) {
        lanes.put(connection, track);
      }
    }
  }

  private boolean free(int track, Strip strip) {
    for (int rank = strip.first; rank <= strip.last; rank++) {
      if (taken.get(track)[rank]) {
        return false;
      }
    }
    return true;
  }
}
