package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * Sweeps of dense taps: convolutions, their input gradients and matrix products. Inputs: x,
 * weights. The first pass packs the weights, the second computes rows of output pixels.
 *
 * <p>Two ways lead through the same tile, with the same sums in the same order. The panel way
 * gathers the patches of some pixels and serves every geometry and layout. The direct way reads x
 * in place; it needs a copy of the tile for the layer's pixel stride, a border of x that covers the
 * padding and channels that are not grouped.
 */
final class Convolution implements HostKernel {
  /** Multiplications that are worth a slice: about 20 µs. */
  private static final long SLICE = 2_000_000;

  /** Weights that are worth a slice. */
  private static final int PACKED_SLICE = 16_384;

  private static final int LANES = Width.LANES;

  private final Layout y;
  private final Part[] parts;
  private final Scratch scratch;

  /** Whether tiles are stored straight into y: full vectors fit into its pixels. */
  private final boolean straight;

  private final int packedFloats;

  /**
   * One sweep of one group.
   *
   * @param channel the first output channel
   * @param packedAt where its packed weights start in the workspace
   * @param firstSlice the first of its slices of the second pass
   * @param slices how many there are
   * @param panels the panel way
   * @param direct the direct way, or null where there is none
   */
  record Part(
      Sweep sweep,
      Weights weights,
      int channel,
      int packedAt,
      int firstSlice,
      int slices,
      Panels panels,
      Direct direct) {}

  /**
   * The panel way.
   *
   * @param stride floats a row of the panel
   * @param chunk positions that are summed at a time: long sums in one go lose accuracy
   * @param tiles for blocks of one and of two vectors; null where there are none
   * @param inPlace every block's reduction of a chunk and of the last one, for results in y
   * @param aside the same for results that are spread afterwards
   */
  record Panels(
      Patches patches,
      int stride,
      int chunk,
      TileCopies.Copy[] tiles,
      Tile.Reduction[][] inPlace,
      Tile.Reduction[][] aside) {}

  /**
   * The direct way.
   *
   * @param tiles for blocks of one and of two vectors; null where there are none
   * @param blocks every block's reduction
   * @param x0 the first patch in x
   * @param y0 the first pixel in y
   * @param gathering about the cycles that gathering a row of pixels would take
   */
  record Direct(
      TileCopies.Special[] tiles,
      Tile.Reduction[] blocks,
      Tile.Grid grid,
      int x0,
      int y0,
      long gathering) {}

  Convolution(Layout y, List<Part> parts, Scratch scratch, boolean straight) {
    this.y = y;
    this.parts = parts.toArray(Part[]::new);
    this.scratch = scratch;
    this.straight = straight;
    Part last = this.parts[this.parts.length - 1];
    this.packedFloats = last.packedAt() + last.weights().floats();
  }

  /** How many slices the output rows of a sweep are divided into, each worth a thread's while. */
  static int slices(Weights weights, int images) {
    Sweep sweep = weights.sweep();
    long rows = (long) images * sweep.rows();
    long work = rows * sweep.columns() * weights.length() * weights.outputs();
    return (int) Math.max(1, Math.min(rows, work / SLICE));
  }

  @Override
  public int workspace() {
    return packedFloats;
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public int slices(int pass) {
    if (pass == 1) {
      Part last = parts[parts.length - 1];
      return last.firstSlice() + last.slices();
    }
    return packedFloats < PACKED_SLICE ? 1 : blocks();
  }

  private int blocks() {
    int count = 0;
    for (Part part : parts) {
      count += part.weights().blocks();
    }
    return count;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    if (pass == 0) {
      if (slices(0) == 1) {
        for (Part part : parts) {
          for (int b = 0; b < part.weights().blocks(); b++) {
            part.weights().pack(args.in(1), args.scratch(), part.packedAt(), b);
          }
        }
      } else {
        int b = slice;
        int p = 0;
        while (b >= parts[p].weights().blocks()) {
          b -= parts[p++].weights().blocks();
        }
        parts[p].weights().pack(args.in(1), args.scratch(), parts[p].packedAt(), b);
      }
      return;
    }
    int p = parts.length - 1;
    while (parts[p].firstSlice() > slice) {
      p--;
    }
    Part part = parts[p];
    int rows = y.batch() * part.sweep().rows();
    int s = slice - part.firstSlice();
    int from = (int) ((long) rows * s / part.slices());
    int to = (int) ((long) rows * (s + 1) / part.slices());
    if (part.sweep().empty()) {
      clear(part, args.out(), from, to);
    } else if (!direct(part, args, from, to)) {
      panels(part, args, from, to);
    }
  }

  private void clear(Part part, float[] out, int from, int to) {
    Sweep sweep = part.sweep();
    for (int row = from; row < to; row++) {
      for (int v = 0; v < sweep.columns(); v++) {
        int at = pixel(part, row / sweep.rows(), row % sweep.rows(), v);
        Arrays.fill(out, at, at + part.weights().outputs(), 0);
      }
    }
  }

  /** The position in y of grid pixel (u, v) of image n. */
  private int pixel(Part part, int n, int u, int v) {
    Sweep sweep = part.sweep();
    return y.index(n, sweep.row0() + u * sweep.rowStep(), sweep.column0() + v * sweep.columnStep())
        + part.channel();
  }

  private boolean direct(Part part, Args args, int from, int to) {
    Direct direct = part.direct();
    if (direct == null) {
      return false;
    }
    Weights weights = part.weights();
    long work = (to - from) * direct.gathering();
    Tile one = direct.tiles()[0] == null ? null : direct.tiles()[0].use(work);
    Tile two = direct.tiles()[1] == null ? null : direct.tiles()[1].use(work);
    for (int b = 0; b < weights.blocks(); b++) {
      if ((weights.vectors(b) == 1 ? one : two) == null) {
        return false;
      }
    }
    for (int b = 0; b < weights.blocks(); b++) {
      (weights.vectors(b) == 1 ? one : two)
          .rows(
              direct.blocks()[b],
              direct.grid(),
              args.in(0),
              direct.x0(),
              args.scratch(),
              part.packedAt() + weights.block(b),
              args.out(),
              direct.y0() + weights.starts()[2 * b],
              from,
              to);
    }
    return true;
  }

  private void panels(Part part, Args args, int from, int to) {
    Sweep sweep = part.sweep();
    Panels panels = part.panels();
    int rows = TileShape.mostRows(1);
    int stride = panels.stride();
    int width = part.weights().starts().length * LANES;
    float[] panel = scratch.get(rows * (stride + 2 * width)); // patches, results, a chunk's sums
    int columns = sweep.columns();
    int first = from * columns;
    int end = to * columns;
    for (int p = first; p < end; p += rows) {
      int left = Math.max(first, Math.min(p, end - rows)); // the last tile overlaps
      int count = Math.min(rows, end - left);
      int n = left / (sweep.rows() * columns);
      int u = left / columns % sweep.rows();
      int v = left % columns;
      int at = pixel(part, n, u, v);
      boolean inPlace = straight && count == rows && contiguous(sweep, v + rows);
      for (int i = 0; i < count; i++) {
        panels.patches().gather(args.in(0), n, u, v, 0, sweep.rowTaps().length, panel, i * stride);
        if (++v == columns) {
          v = 0;
          if (++u == sweep.rows()) {
            u = 0;
            n++;
          }
        }
      }
      if (inPlace) {
        tiles(part, args.scratch(), panel, panels.inPlace(), args.out(), at);
      } else {
        tiles(part, args.scratch(), panel, panels.aside(), panel, rows * stride);
        spread(part, panel, rows * stride, width, args.out(), left, count);
      }
    }
  }

  private void tiles(
      Part part, float[] packed, float[] panel, Tile.Reduction[][] blocks, float[] out, int at) {
    Weights weights = part.weights();
    int chunk = part.panels().chunk();
    for (int b = 0; b < weights.blocks(); b++) {
      int vectors = weights.vectors(b);
      int w = part.packedAt() + weights.block(b);
      int to = at + (out == panel ? 2 * b * LANES : weights.starts()[2 * b]);
      for (int k = 0; k < weights.length(); k += chunk, w += chunk * vectors * LANES) {
        Tile.Reduction sum = blocks[b][k + chunk < weights.length() ? 0 : 1];
        Tile tile = part.panels().tiles()[vectors - 1].await();
        for (int i = 0; i < TileShape.mostRows(1); i += TileShape.mostRows(vectors)) {
          int row = i * part.panels().stride() + k;
          if (k == 0) {
            tile.once(sum, panel, row, packed, w, out, to + i * sum.yStep());
          } else {
            Tile.Reduction apart = part.panels().aside()[b][k + chunk < weights.length() ? 0 : 1];
            int sums = TileShape.mostRows(1) * (part.panels().stride() + apart.yStep());
            tile.once(apart, panel, row, packed, w, panel, sums);
            add(panel, sums, apart, vectors, out, to + i * sum.yStep(), sum);
          }
        }
      }
    }
  }

  /** Adds the sums of a tile to what out has. Vectors may overlap there: each float once. */
  private static void add(
      float[] sums,
      int at,
      Tile.Reduction apart,
      int vectors,
      float[] out,
      int to,
      Tile.Reduction sum) {
    for (int row = 0; row < TileShape.mostRows(vectors); row++) {
      for (int v = 0; v < vectors; v++) {
        int from = at + row * apart.yStep() + v * LANES;
        int start = to + row * sum.yStep() + v * sum.yVector();
        for (int i = v == 0 ? 0 : LANES - Math.min(LANES, sum.yVector()); i < LANES; i++) {
          out[start + i] += sums[from + i];
        }
      }
    }
  }

  private void spread(
      Part part, float[] panel, int at, int width, float[] out, int left, int count) {
    Sweep sweep = part.sweep();
    int[] starts = part.weights().starts();
    int columns = sweep.columns();
    for (int i = 0; i < count; i++) {
      int p = left + i;
      int to = pixel(part, p / (sweep.rows() * columns), p / columns % sweep.rows(), p % columns);
      for (int b = 0; b < starts.length; b++) {
        int channels = Math.min(LANES, part.weights().outputs() - starts[b]);
        System.arraycopy(panel, at + i * width + b * LANES, out, to + starts[b], channels);
      }
    }
  }

  /** Whether grid pixels up to column {@code end} of a row lie at equal distances in y. */
  private boolean contiguous(Sweep sweep, int end) {
    return end <= sweep.columns()
        || (y.border() == 0 && sweep.rowStep() == 1 && sweep.columnStep() == 1);
  }
}
