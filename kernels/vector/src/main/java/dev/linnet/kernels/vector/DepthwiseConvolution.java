package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.graph.Window;
import java.util.Arrays;
import java.util.List;

/**
 * A depthwise convolution or its input gradient: rows of pixels, sweep by sweep. Prepared for each
 * sweep: what its sums start with, then one row of channels a tap.
 */
record DepthwiseConvolution(
    Window window, List<Part> parts, Layout x, Layout y, Fold fold, Epilogue epilogue)
    implements HostKernel {
  /** Floats of x whose rows are done for one vector of channels before the next. */
  private static final int BLOCK = 32_768;

  private static final int LANES = Width.LANES;

  /**
   * One sweep.
   *
   * @param w where its weights start
   * @param slices that its rows are divided into
   */
  record Part(Sweep sweep, List<Pass> passes, int w, int slices) {}

  /**
   * Some kernel rows of a sweep.
   *
   * @param loops for one vector of channels
   * @param pairs for two; null where there are none
   * @param x where its windows start after those of the sweep
   * @param w where its weights start after those of the sweep
   * @param y where its results start after those of the sweep
   * @param first whether sums start with the shift; otherwise with what y has
   */
  record Pass(
      DepthwiseLoops loops,
      DepthwiseLoops pairs,
      DepthwiseLoops.Steps steps,
      int x,
      int w,
      int y,
      boolean first) {}

  @Override
  public List<Integer> prepares() {
    return fold.inputs();
  }

  @Override
  public int prepared() {
    return (parts.size() + window.taps()) * y.channelStride();
  }

  @Override
  public int slices(int pass) {
    int count = 0;
    for (int i = 0; i < parts.size(); i++) {
      count += parts.get(i).slices();
    }
    return count;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    int p = 0;
    int s = slice;
    while (s >= parts.get(p).slices()) {
      s -= parts.get(p++).slices();
    }
    Part part = parts.get(p);
    int rows = part.sweep().rows();
    int end = Spans.first(y.batch() * rows, s + 1, part.slices());
    int most = Math.max(1, BLOCK / (part.sweep().xRowStep() * x.rowStride()));
    int row = Spans.first(y.batch() * rows, s, part.slices());
    while (row < end) {
      int u = row % rows;
      int next = Math.min(end, row + Math.min(most, rows - u));
      rows(args, part, row / rows, u, next - row);
      if (epilogue != null) {
        epilogue.rows(args, row, next);
      }
      row = next;
    }
  }

  /** The taps of all sweeps in order, every one once. */
  @Override
  public void prepare(Args args, int slice) {
    float[] w = args.in(1);
    float[] packed = args.ready();
    int stride = y.channelStride();
    int channels = y.channels();
    Arrays.fill(packed, 0, prepared(), 0);
    int to = 0;
    for (int i = 0; i < parts.size(); i++) {
      Sweep sweep = parts.get(i).sweep();
      for (int c = 0; c < channels; c++) {
        packed[to + c] = fold.shift(args, c);
      }
      to += stride;
      for (int row : sweep.rowTaps()) {
        for (int column : sweep.columnTaps()) {
          int tap = row * window.kernelWidth() + column;
          for (int c = 0; c < channels; c++) {
            packed[to + c] = w[c * window.taps() + tap] * fold.scale(args, c);
          }
          to += stride;
        }
      }
    }
  }

  private void rows(Args args, Part part, int n, int u, int rows) {
    Sweep sweep = part.sweep();
    int stride = y.channelStride();
    int yo = y.index(n, sweep.row0() + u * sweep.rowStep(), sweep.column0());
    if (sweep.empty()) {
      clear(args.out(), sweep, yo, rows);
      return;
    }
    int xo = x.index(n, u * sweep.xRowStep() + sweep.tapRow(), sweep.tapColumn());
    boolean pairs = part.passes().get(0).pairs() != null;
    if (Touch.pays(pairs ? 2 * LANES : LANES, x, y)) {
      Touch.lines(args.in(0), xo, xo + sweep.xSpan(x, rows));
      Touch.lines(args.out(), yo, yo + sweep.ySpan(y, rows));
    }
    int vectors;
    for (int c = 0; c < stride; c += vectors * LANES) {
      vectors = pairs && stride - c > LANES ? 2 : 1;
      int last = stride - LANES; // the last vector overlaps the one before it
      int at = Math.min(c, last);
      for (int i = 0; i < part.passes().size(); i++) {
        Pass pass = part.passes().get(i);
        int to = yo + pass.y() + at;
        (vectors == 2 ? pass.pairs() : pass.loops())
            .run(
                pass.steps(),
                Math.min(LANES, last - at),
                args.in(0),
                xo + pass.x() + at,
                args.ready(),
                part.w() + pass.w() + at,
                pass.first() ? args.ready() : args.out(),
                pass.first() ? part.w() + at : to,
                args.out(),
                to,
                rows);
      }
    }
  }

  private void clear(float[] out, Sweep sweep, int yo, int rows) {
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < sweep.columns(); v++) {
        int at =
            yo + r * sweep.rowStep() * y.rowStride() + v * sweep.columnStep() * y.channelStride();
        Arrays.fill(out, at, at + y.channelStride(), 0);
      }
    }
  }
}
