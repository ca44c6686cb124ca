package dev.linnet.kernels.vector;

import dev.linnet.bench.ceiling.Ceilings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Measures the tiles that {@link TileShape} chooses among, at the width of this JVM, each in turns
 * with the peak. The copies are made as a backend makes them. In this package, because the tiles
 * are no API. Needs the incubator module.
 */
public final class TileBenchmark {
  private static final int[] ROWS = {1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14};
  private static final int LEAST_PIXELS = 4;
  private static final int[] TAPS = {3, 5};

  /** Few, where starting and ending a tile counts, and many. */
  private static final int[] POSITIONS = {16, 256};

  /** Floats between the rows of x: as in panels, no power of two. */
  static final int PIXEL = 256 + 16;

  private static final float X = 0.5f;
  private static final float W = 0.25f;
  private static final double WARM_UP = 20; // times what a round takes

  private final int rounds;
  private final double seconds;
  private final Ceilings ceilings = new Ceilings(1, 0);

  /**
   * Has the peak's loop compiled.
   *
   * @param rounds of each tile; the medians of the half with the highest peaks count
   * @param millis that the tile runs in each of them
   */
  public TileBenchmark(int rounds, int millis) {
    this.rounds = rounds;
    this.seconds = millis / 1e3;
  }

  /** Bits of a vector register. */
  public int bits() {
    return ceilings.bits();
  }

  /** Measures all tiles; {@code each} gets every measurement as soon as it is there. */
  public void run(Consumer<TileMeasurement> each) {
    try (TileCopies copies = new TileCopies(0)) {
      for (TileShape shape : shapes()) {
        measure(copies, shape).forEach(each);
      }
    }
  }

  /** All tiles that are measured. */
  static List<TileShape> shapes() {
    List<TileShape> shapes = new ArrayList<>();
    for (int vectors = 1; vectors <= 2; vectors++) {
      for (int rows : ROWS) {
        shapes.add(TileShape.packed(rows, vectors, PIXEL));
      }
    }
    for (int taps : TAPS) {
      for (int rows = LEAST_PIXELS; rows <= RowTile.MOST_ROWS; rows++) {
        shapes.add(new TileShape(rows, 1, PIXEL, true, taps));
      }
    }
    return shapes;
  }

  /** Whether it has the rows that the kernels take where there are enough pixels. */
  static boolean chosen(TileShape shape) {
    int most =
        shape.taps() > 0 ? TileShape.mostPixels(shape.taps()) : TileShape.mostRows(shape.vectors());
    return shape.rows() == most;
  }

  /** Measures a tile over few and over many positions. */
  List<TileMeasurement> measure(TileCopies copies, TileShape shape) {
    Tile tile = copies.get(shape).await();
    return Arrays.stream(POSITIONS).mapToObj(most -> measure(tile, shape, most)).toList();
  }

  /** Over at most so many positions: a {@link RowTile} takes whole rows of the kernel. */
  private TileMeasurement measure(Tile tile, TileShape shape, int most) {
    Run run = new Run(tile, shape, most);
    run.callsFor(WARM_UP * seconds);
    int calls = run.callsFor(seconds);
    List<Round> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      double before = ceilings.gflops();
      double gflops = run.flops() * calls / run.seconds(calls) / 1e9;
      all.add(new Round(gflops, before, ceilings.gflops()));
    }
    List<Round> quiet = quiet(all);
    return new TileMeasurement(
        shape.rows(),
        shape.vectors(),
        shape.taps(),
        run.positions(),
        chosen(shape),
        median(quiet, Round::gflops),
        median(quiet, Round::peak),
        median(quiet, Round::fraction));
  }

  /** The tile between two measurements of the peak, in GFLOP/s. */
  record Round(double gflops, double before, double after) {
    /** What was possible all the time. */
    double peak() {
      return Math.min(before, after);
    }

    double fraction() {
      return gflops / peak();
    }
  }

  /** The half of the rounds with the highest peaks: what else runs here disturbs the others. */
  static List<Round> quiet(List<Round> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Round::peak).reversed())
        .limit((rounds.size() + 1) / 2)
        .toList();
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] values = rounds.stream().mapToDouble(figure).sorted().toArray();
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  /** A tile on arrays of its own, which it runs over in the way that convolutions do. */
  private static final class Run {
    /** The same tile so many times in a call. */
    private static final int TIMES = 16;

    private final Tile tile;
    private final Tile.Reduction reduction;
    private final Tile.Grid grid;
    private final float[] x;
    private final float[] w;
    private final float[] y;
    private final int positions;

    Run(Tile tile, TileShape shape, int most) {
      int taps = Math.max(1, shape.taps());
      int depth = most / taps;
      int width = shape.width();
      this.tile = tile;
      this.reduction = Tile.Reduction.packed(1, 0, taps, PIXEL, depth, width, Width.LANES);
      this.grid = new Tile.Grid(TIMES, shape.rows(), 0, 0, 0, 0);
      this.x = filled((shape.rows() + taps) * PIXEL, X);
      this.w = filled((1 + taps * depth) * width, W);
      this.y = new float[shape.rows() * width];
      this.positions = taps * depth;
    }

    int positions() {
      return positions;
    }

    /** Operations of a call. */
    double flops() {
      return 2.0 * y.length * positions * TIMES;
    }

    /** As many calls as take about so long. */
    int callsFor(double seconds) {
      int calls = 1;
      while (seconds(calls) < seconds) {
        calls *= 2;
      }
      return calls;
    }

    double seconds(int calls) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        tile.rows(reduction, grid, x, 0, w, 0, y, 0, 0, TIMES);
      }
      return (System.nanoTime() - start) / 1e9;
    }

    private static float[] filled(int length, float value) {
      float[] result = new float[length];
      Arrays.fill(result, value);
      return result;
    }
  }
}
