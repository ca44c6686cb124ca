package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * Sweeps of dense taps: convolutions, their input gradients and matrix products, with what the
 * planner fused behind them. Inputs: x, weights, then those of {@link Fold} and {@link Epilogue}.
 * The weights are packed by the preparation; rows of output pixels are computed from them, and what
 * follows is done to them while they are in the cache.
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

  /** Floats of y that are computed before what follows is done to them. */
  private static final int CACHED = 4_096;

  private final Layout y;
  private final Part[] parts;
  private final PanelWay panelWay;
  private final Epilogue epilogue;
  private final int joined;
  private final int packedFloats;

  /**
   * One sweep of one group.
   *
   * @param channel the first output channel
   * @param packedAt where its packed weights start
   * @param firstSlice the first of its slices
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
      PanelWay.Panels panels,
      Direct direct) {
    /** Blocks of two vectors. */
    int blocks() {
      return weights.blocks();
    }
  }

  /**
   * The direct way.
   *
   * @param tiles for blocks of one and of two vectors; null where there are none
   * @param blocks every block's reduction
   * @param x0 the first patch in x
   * @param y0 the first pixel in y
   * @param saved about the cycles that a row of pixels takes longer in the panel way
   */
  record Direct(
      TileCopies.Special[] tiles,
      Tile.Reduction[] blocks,
      Tile.Grid grid,
      int x0,
      int y0,
      long saved) {}

  /**
   * Of planned parts.
   *
   * @param epilogue what follows; null where nothing does
   * @param joined its rows that are one row here
   */
  Convolution(Layout y, List<Part> parts, PanelWay panelWay, Epilogue epilogue, int joined) {
    this.y = y;
    this.parts = parts.toArray(Part[]::new);
    this.panelWay = panelWay;
    this.epilogue = epilogue;
    this.joined = joined;
    Part last = this.parts[this.parts.length - 1];
    this.packedFloats = last.packedAt() + last.weights().floats();
  }

  /**
   * How many slices the output rows of a sweep are divided into, each worth a thread's while and,
   * if rows are short, whole panels.
   */
  static int slices(Weights weights, int images) {
    Sweep sweep = weights.sweep();
    long rows = (long) images * sweep.rows();
    long work = rows * sweep.columns() * weights.length() * weights.outputs();
    return (int) Math.max(1, Math.min(units(sweep, rows), work / SLICE));
  }

  /** Rows of less than a panel are divided by panels. */
  private static long units(Sweep sweep, long rows) {
    return (rows + unit(sweep) - 1) / unit(sweep);
  }

  private static int unit(Sweep sweep) {
    return Math.max(1, 2 * TileShape.mostRows(1) / sweep.columns());
  }

  /** The first row of a slice of a part. */
  private int first(Part part, int slice) {
    int rows = y.batch() * part.sweep().rows();
    long units = units(part.sweep(), rows);
    return (int) Math.min(rows, units * slice / part.slices() * unit(part.sweep()));
  }

  @Override
  public List<Integer> prepares() {
    return parts[0].weights().fold().inputs();
  }

  @Override
  public int prepared() {
    return packedFloats;
  }

  @Override
  public int preparations() {
    return packedFloats < PACKED_SLICE ? 1 : blocks();
  }

  private int blocks() {
    int count = 0;
    for (Part part : parts) {
      count += part.blocks();
    }
    return count;
  }

  @Override
  public void prepare(Args args, int slice) {
    boolean all = preparations() == 1;
    int b = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.blocks(); i++, b++) {
        if (all || b == slice) {
          part.weights().pack(args, args.ready(), part.packedAt(), i);
        }
      }
    }
  }

  /** With groups, what follows waits for all channels of a pixel. */
  @Override
  public int passes() {
    return epilogue != null && !epilogueInSlice() ? 2 : 1;
  }

  private boolean epilogueInSlice() {
    return parts.length == 1;
  }

  @Override
  public int slices(int pass) {
    Part last = parts[parts.length - 1];
    return last.firstSlice() + last.slices();
  }

  @Override
  public void run(Args args, int pass, int slice) {
    if (pass == 1) {
      int rows = y.batch() * y.height();
      int from = Spans.first(rows, slice, slices(1));
      epilogue.rows(args, from * joined, Spans.first(rows, slice + 1, slices(1)) * joined);
      return;
    }
    int p = parts.length - 1;
    while (parts[p].firstSlice() > slice) {
      p--;
    }
    Part part = parts[p];
    int from = first(part, slice - part.firstSlice());
    int to = first(part, slice - part.firstSlice() + 1);
    if (part.sweep().empty()) {
      clear(part, args.out(), from, to);
    } else if (!direct(part, args, from, to)) {
      panelWay.rows(part, args, from, to);
      follow(args, from, to);
    }
  }

  private void follow(Args args, int from, int to) {
    if (epilogue != null && epilogueInSlice()) {
      epilogue.rows(args, from * joined, to * joined);
    }
  }

  private void clear(Part part, float[] out, int from, int to) {
    Sweep sweep = part.sweep();
    for (int row = from; row < to; row++) {
      for (int v = 0; v < sweep.columns(); v++) {
        int at = sweep.pixel(y, row / sweep.rows(), row % sweep.rows(), v) + part.channel();
        Arrays.fill(out, at, at + part.weights().outputs(), 0);
      }
    }
  }

  private boolean direct(Part part, Args args, int from, int to) {
    Direct direct = part.direct();
    if (direct == null) {
      return false;
    }
    Weights weights = part.weights();
    long work = (to - from) * direct.saved();
    Tile one = direct.tiles()[0] == null ? null : direct.tiles()[0].use(work);
    Tile two = direct.tiles()[1] == null ? null : direct.tiles()[1].use(work);
    for (int b = 0; b < weights.blocks(); b++) {
      if ((weights.vectors(b) == 1 ? one : two) == null) {
        return false;
      }
    }
    int step = epilogue == null ? to - from : Math.max(1, CACHED / y.rowStride());
    for (int row = from; row < to; row += step) {
      int end = Math.min(row + step, to);
      for (int b = 0; b < weights.blocks(); b++) {
        (weights.vectors(b) == 1 ? one : two)
            .rows(
                direct.blocks()[b],
                direct.grid(),
                args.in(0),
                direct.x0(),
                args.ready(),
                part.packedAt() + weights.at(b, 0),
                args.out(),
                direct.y0() + weights.starts()[2 * b],
                row,
                end);
      }
      follow(args, row, end);
    }
    return true;
  }
}
