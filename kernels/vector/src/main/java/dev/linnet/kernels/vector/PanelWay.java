package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Layout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The panel way of a {@link Convolution}: the patches of some pixels are gathered as the rows of a
 * matrix, which is multiplied with the packed weights. A few panels go through the weights
 * together, chunk by chunk and block by block, so that a block is read from memory once for all of
 * them.
 */
final class PanelWay {
  /** Floats of the panels that go through the weights together: most of the second cache. */
  private static final int GROUP = 196_608;

  private static final int MOST_PANELS = 16;
  private static final int MOST_ROWS = TileShape.mostRows(1);
  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private final Layout y;

  /** Whether tiles are stored straight into y: full vectors fit into its pixels. */
  private final boolean straight;

  private final Scratch scratch;

  /**
   * What is planned for one part.
   *
   * @param rows of a panel
   * @param stride floats a row of the panel
   * @param tiles for blocks of one and of two vectors; null where there are none
   * @param inPlace every block's reduction of a chunk and of the last one, for results in y
   * @param aside the same for results that are spread afterwards
   * @param apart the same for the sums of one tile, which are added to those of the chunks before
   */
  record Panels(
      Patches patches,
      int rows,
      int stride,
      TileCopies.Copy[] tiles,
      Tile.Reduction[][] inPlace,
      Tile.Reduction[][] aside,
      Tile.Reduction[][] apart) {}

  /** Into y. */
  PanelWay(Layout y, boolean straight, Scratch scratch) {
    this.y = y;
    this.straight = straight;
    this.scratch = scratch;
  }

  /** Of the rows that copies of the tile are made for, those that do the least in vain. */
  static int rowsFor(int pixels) {
    int best = MOST_ROWS;
    for (int rows : new int[] {8, 4, 1}) {
      if (rows < MOST_ROWS && !TileShape.slow(rows, 1) && cost(rows, pixels) < cost(best, pixels)) {
        best = rows;
      }
    }
    return best;
  }

  /** About the cycles for one vector of weights. */
  private static long cost(int rows, int pixels) {
    return (pixels + rows - 1L) / rows * (rows + 2);
  }

  /** Rows of the tiles of a panel. */
  static int tileRows(int rows, int vectors) {
    return Math.min(rows, TileShape.mostRows(vectors));
  }

  /** Grid rows {@code from} to {@code to} of a part, counted through all images. */
  void rows(Convolution.Part part, Args args, int from, int to) {
    Weights weights = part.weights();
    int length = weights.length();
    int rows = part.panels().rows();
    int most = Math.max(1, Math.min(MOST_PANELS, GROUP / (rows * length)));
    int columns = part.sweep().columns();
    int group = most * rows;
    for (int p = from * columns; p < to * columns; p += group) {
      group(part, args, p, Math.min(p + group, to * columns), from * columns);
    }
  }

  /**
   * Pixels {@code first} to {@code end}; the last panel may overlap others from {@code least} on.
   */
  private void group(Convolution.Part part, Args args, int first, int end, int least) {
    int rows = part.panels().rows();
    int count = (end - first + rows - 1) / rows;
    int panel = rows * part.panels().stride();
    int width = part.weights().starts().length * LANES;
    int results = count * panel;
    int sums = results + count * rows * width;
    float[] memory = scratch.get(sums + rows * 2 * LANES);
    for (int i = 0; i < count; i++) {
      int left = left(first + i * rows, rows, end, least);
      gather(part, args.in(0), left, Math.min(rows, end - left), memory, i * panel);
    }
    for (int chunk = 0; chunk < part.weights().chunks(); chunk++) {
      for (int b = 0; b < part.blocks(); b++) {
        for (int i = 0; i < count; i++) {
          int p = first + i * rows;
          int left = left(p, rows, end, least);
          int from = i * panel + chunk * part.weights().chunk();
          if (inPlace(part, left, end)) {
            int to = pixel(part, left) + part.weights().starts()[2 * b];
            int done = i == 0 ? 0 : p - left; // rows that the panel before has as well
            block(part, args, b, chunk, memory, from, sums, args.out(), to, done);
          } else {
            int to = results + i * rows * width + 2 * b * LANES;
            block(part, args, b, chunk, memory, from, sums, memory, to, 0);
          }
        }
      }
    }
    for (int i = 0; i < count; i++) {
      int left = left(first + i * rows, rows, end, least);
      if (!inPlace(part, left, end)) {
        spread(part, memory, results + i * rows * width, args.out(), left, end);
      }
    }
  }

  /**
   * Where the panel for pixel p starts: the last one overlaps the one before it if there is one.
   */
  private static int left(int p, int rows, int end, int least) {
    return Math.max(least, Math.min(p, end - rows));
  }

  /** Whether the rows of a panel lie at equal distances in y. */
  private boolean inPlace(Convolution.Part part, int left, int end) {
    Sweep sweep = part.sweep();
    int rows = part.panels().rows();
    boolean contiguous =
        left % sweep.columns() + rows <= sweep.columns()
            || (y.border() == 0 && sweep.rowStep() == 1 && sweep.columnStep() == 1);
    return straight && contiguous && end - left >= rows;
  }

  /** The position in y of the part's first channel of grid pixel p, counted through all images. */
  private int pixel(Convolution.Part part, int p) {
    Sweep sweep = part.sweep();
    int columns = sweep.columns();
    int row = p / columns;
    return sweep.pixel(y, row / sweep.rows(), row % sweep.rows(), p % columns) + part.channel();
  }

  private static void gather(
      Convolution.Part part, float[] x, int left, int count, float[] memory, int panel) {
    Sweep sweep = part.sweep();
    Panels panels = part.panels();
    int n = left / (sweep.rows() * sweep.columns());
    int u = left / sweep.columns() % sweep.rows();
    int v = left % sweep.columns();
    for (int i = 0; i < count; i++) {
      int to = panel + i * panels.stride();
      panels.patches().gather(x, n, u, v, 0, sweep.rowTaps().length, memory, to);
      if (++v == sweep.columns()) {
        v = 0;
        if (++u == sweep.rows()) {
          u = 0;
          n++;
        }
      }
    }
  }

  /**
   * The tiles of a panel with a chunk of a block. Later chunks are added to what is there, each
   * float once, though vectors and panels may overlap in y.
   */
  private static void block(
      Convolution.Part part,
      Args args,
      int b,
      int chunk,
      float[] memory,
      int panel,
      int sums,
      float[] out,
      int to,
      int done) {
    Weights weights = part.weights();
    int last = chunk < weights.chunks() - 1 ? 0 : 1;
    Panels panels = part.panels();
    boolean aside = out == memory;
    Tile.Reduction sum = (aside ? panels.aside() : panels.inPlace())[b][last];
    int vectors = weights.vectors(b);
    int w = part.packedAt() + weights.at(b, chunk);
    Tile tile = panels.tiles()[vectors - 1].await();
    int rows = tileRows(panels.rows(), vectors);
    for (int i = 0; i < panels.rows(); i += rows) {
      int row = panel + i * panels.stride();
      int at = to + i * sum.yStep();
      if (chunk == 0) {
        tile.once(sum, memory, row, args.ready(), w, out, at);
      } else {
        tile.once(panels.apart()[b][last], memory, row, args.ready(), w, memory, sums);
        for (int r = Math.max(0, done - i); r < rows; r++) {
          for (int v = 0; v < vectors; v++) {
            int from = sums + (r * vectors + v) * LANES;
            int start = at + r * sum.yStep() + v * sum.yVector();
            int first = aside ? 0 : weights.overlap(2 * b + v);
            if (first == 0) {
              add(memory, from, out, start);
            } else {
              addLanes(memory, from, out, start, first);
            }
          }
        }
      }
    }
  }

  private static void add(float[] sums, int from, float[] out, int to) {
    FloatVector sum = FloatVector.fromArray(S, sums, from);
    FloatVector.fromArray(S, out, to).add(sum).intoArray(out, to);
  }

  /** From lane {@code first} on: the others belong to the vector before. */
  private static void addLanes(float[] sums, int from, float[] out, int to, int first) {
    for (int lane = first; lane < LANES; lane++) {
      out[to + lane] += sums[from + lane];
    }
  }

  /** To pixels apart: all vectors but the last one follow each other there as well. */
  private void spread(
      Convolution.Part part, float[] memory, int from, float[] out, int left, int end) {
    int[] starts = part.weights().starts();
    int before = (starts.length - 1) * LANES;
    int lastStart = starts[starts.length - 1];
    int last = part.weights().outputs() - lastStart;
    for (int p = left, at = from; p < Math.min(left + part.panels().rows(), end); p++) {
      int to = pixel(part, p);
      if (lastStart == before) {
        System.arraycopy(memory, at, out, to, before + last);
      } else {
        System.arraycopy(memory, at, out, to, before);
        System.arraycopy(memory, at + before, out, to + lastStart, last);
      }
      at += before + LANES;
    }
  }
}
