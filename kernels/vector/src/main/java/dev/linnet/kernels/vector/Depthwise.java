package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Depthwise convolutions and their gradients: one vector of channels at a time, weights in
 * registers. Every method returns null where the layouts do not fit vectors, or a border does not
 * cover the padding.
 */
final class Depthwise {
  /** Multiplications that are worth a slice: these loops are bound by memory. */
  private static final long SLICE = 500_000;

  private static final int MOST_CHUNKS = 8;
  private static final int LANES = Width.LANES;

  /** Vector registers that can be counted on. */
  private static final int REGISTERS = LANES == 16 ? 32 : 16;

  /** Floats of x whose rows are done for one vector of channels before the next. */
  private static final int BLOCK = 32_768;

  private final ConcurrentHashMap<Copy, DepthwiseLoops> loops = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, DepthwiseGradientLoops> gradients =
      new ConcurrentHashMap<>();

  /** The constants of a copy of {@link DepthwiseTemplate}. */
  private record Copy(int taps, int step, int rows, int function) {}

  private DepthwiseLoops loops(Copy copy) {
    return loops.computeIfAbsent(
        copy,
        c ->
            Templates.copy(
                DepthwiseTemplate.class,
                DepthwiseLoops.class,
                c.taps(),
                c.step(),
                c.rows(),
                c.function()));
  }

  /**
   * The convolution.
   *
   * @param function what is applied at last, one of {@link DepthwiseLoops#FUNCTIONS}, plus 1; 0 for
   *     none
   * @param epilogue what follows instead; null where nothing does
   */
  HostKernel forward(
      Window window, OpKey key, Fold fold, Optional<Function> function, Epilogue epilogue) {
    List<Sweep> sweeps = List.of(Sweep.forward(window, key.output()));
    return plan(window, sweeps, key, fold, InlineFunctions.number(function), epilogue);
  }

  /** The gradient with respect to x. */
  HostKernel inputGradient(Window window, OpKey key) {
    return plan(window, Sweep.inputGradient(window, key.output()), key, Fold.NONE, 0, null);
  }

  private HostKernel plan(
      Window window, List<Sweep> sweeps, OpKey key, Fold fold, int function, Epilogue epilogue) {
    Layout x = key.input(0);
    Layout y = key.output();
    if (!Width.fits(y.channelStride()) || x.channelStride() != y.channelStride()) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    int w = 0;
    for (Sweep sweep : sweeps) {
      if (sweep.border(x.height(), x.width()) > x.border()
          || sweep.columnTaps().length > DepthwiseLoops.MOST_TAPS) {
        return null;
      }
      long rows = (long) y.batch() * sweep.rows();
      long work = rows * sweep.columns() * sweep.taps() * y.channels();
      int slices = (int) Math.max(1, Math.min(rows, work / SLICE));
      parts.add(new Part(sweep, passes(sweep, x, y, function), w, slices));
      w += (1 + sweep.taps()) * y.channelStride();
    }
    return new Convolution(window, parts, x, y, fold, epilogue);
  }

  /** The kernel rows that fit registers, and, with dilation, every how many-th pixel. */
  private List<Pass> passes(Sweep sweep, Layout x, Layout y, int function) {
    List<Pass> passes = new ArrayList<>();
    int taps = sweep.columnTaps().length;
    int xStep = sweep.xColumnStep();
    int tapStep = sweep.tapColumnStep();
    int step = xStep % tapStep == 0 && xStep / tapStep <= 2 ? xStep / tapStep : 0;
    int phases = step == 0 && tapStep % xStep == 0 ? Math.min(tapStep / xStep, sweep.columns()) : 1;
    step = phases > 1 ? 1 : taps == 1 ? 0 : step;
    int stride = y.channelStride();
    int yPixel = sweep.columnStep() * stride;
    for (int phase = 0; phase < phases; phase++) {
      int rows;
      for (int row = 0; row < sweep.rowTaps().length; row += rows) {
        rows = Math.min(mostRows(taps, step), sweep.rowTaps().length - row);
        boolean last = row + rows == sweep.rowTaps().length;
        DepthwiseLoops.Steps steps =
            new DepthwiseLoops.Steps(
                tapStep * stride,
                sweep.tapRowStep() * x.rowStride(),
                phases * xStep * stride,
                sweep.xRowStep() * x.rowStride(),
                stride,
                row == 0 ? 0 : phases * yPixel,
                row == 0 ? 0 : sweep.rowStep() * y.rowStride(),
                phases * yPixel,
                sweep.rowStep() * y.rowStride(),
                (sweep.columns() - phase + phases - 1) / phases);
        passes.add(
            new Pass(
                loops(new Copy(taps, step, rows, last ? function : 0)),
                steps,
                phase * xStep * stride + row * sweep.tapRowStep() * x.rowStride(),
                (1 + row * taps) * stride,
                phase * yPixel,
                row == 0));
      }
    }
    return passes;
  }

  /** Kernel rows whose weights, sums and a few pixels fit registers. */
  private static int mostRows(int taps, int step) {
    int sums = step == 0 ? 1 : (taps - 1) / step + 1;
    return Math.max(1, Math.min(DepthwiseLoops.MOST_ROWS, (REGISTERS - sums - 2) / taps));
  }

  /**
   * One sweep.
   *
   * @param w where its weights start
   * @param slices that its rows are divided into
   */
  private record Part(Sweep sweep, List<Pass> passes, int w, int slices) {}

  /**
   * Some kernel rows of a sweep.
   *
   * @param x where its windows start after those of the sweep
   * @param w where its weights start after those of the sweep
   * @param y where its results start after those of the sweep
   * @param first whether sums start with the shift; otherwise with what y has
   */
  private record Pass(
      DepthwiseLoops loops, DepthwiseLoops.Steps steps, int x, int w, int y, boolean first) {}

  /**
   * Rows of pixels, sweep by sweep. Prepared for each sweep: what its sums start with, then one row
   * of channels a tap.
   */
  private record Convolution(
      Window window, List<Part> parts, Layout x, Layout y, Fold fold, Epilogue epilogue)
      implements HostKernel {
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
      for (int c = 0; c < stride; c += LANES) {
        int at = Math.min(c, stride - LANES); // the last vector overlaps the one before it
        for (int i = 0; i < part.passes().size(); i++) {
          Pass pass = part.passes().get(i);
          int to = yo + pass.y() + at;
          pass.loops()
              .run(
                  pass.steps(),
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

  /** The gradient with respect to the weights. Inputs: dy, x. */
  HostKernel weightGradient(Window window, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Sweep sweep = Sweep.forward(window, dy);
    if (!Width.fits(dy.channelStride())
        || x.channelStride() != dy.channelStride()
        || window.kernelWidth() > DepthwiseGradientLoops.MOST_TAPS
        || sweep.border(x.height(), x.width()) > x.border()) {
      return null;
    }
    DepthwiseGradientLoops loops =
        gradients.computeIfAbsent(
            window.kernelWidth(),
            k -> Templates.copy(DepthwiseGradientTemplate.class, DepthwiseGradientLoops.class, k));
    long work = (long) dy.shape().size() * window.taps();
    int chunks = (int) Math.max(1, Math.min(Math.min(MOST_CHUNKS, dy.batch()), work / SLICE));
    Channels channels = new Channels(dy.channels(), dy.channelStride());
    return new WeightGradient(window, sweep, dy, x, channels, chunks, loops);
  }

  /** Chunks of images first, each with all of its sums; then their sums, in order. */
  private record WeightGradient(
      Window window,
      Sweep sweep,
      Layout dy,
      Layout x,
      Channels channels,
      int chunks,
      DepthwiseGradientLoops loops)
      implements HostKernel {
    private int sums() {
      return window.taps() * channels.sums();
    }

    @Override
    public int workspace() {
      return chunks * sums();
    }

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public int slices(int pass) {
      return pass == 0 ? chunks : 1;
    }

    @Override
    public void run(Args args, int pass, int slice) {
      if (pass == 1) {
        store(args);
        return;
      }
      int first = slice * sums();
      Arrays.fill(args.scratch(), first, first + sums(), 0);
      int end = Spans.first(dy.batch(), slice + 1, chunks);
      for (int n = Spans.first(dy.batch(), slice, chunks); n < end; n++) {
        for (int v = 0; v < channels.sums(); v += LANES) {
          int channel = Math.min(v, channels.stride() - LANES);
          for (int r = 0; r < window.kernelHeight(); r++) {
            loops.sum(
                args.in(0),
                dy.index(n, 0, 0) + channel,
                dy.rowStride(),
                dy.channelStride(),
                args.in(1),
                x.index(n, sweep.tapRow() + r * sweep.tapRowStep(), sweep.tapColumn()) + channel,
                sweep.xRowStep() * x.rowStride(),
                sweep.xColumnStep() * x.channelStride(),
                sweep.tapColumnStep() * x.channelStride(),
                dy.height(),
                dy.width(),
                args.scratch(),
                first + (v * window.kernelHeight() + r * LANES) * window.kernelWidth());
          }
        }
      }
    }

    /** Sums lie {@code [vector][kernel row][tap][lane]}. */
    private void store(Args args) {
      int taps = window.taps();
      for (int c = 0; c < channels.channels(); c++) {
        int slot = channels.slot(c);
        int at = slot / LANES * LANES * taps + slot % LANES;
        for (int tap = 0; tap < taps; tap++) {
          float sum = 0;
          for (int chunk = 0; chunk < chunks; chunk++) {
            sum += args.scratch()[chunk * sums() + at + tap * LANES];
          }
          args.out()[c * taps + tap] = sum;
        }
      }
    }
  }
}
