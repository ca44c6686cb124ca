package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Depthwise convolutions and their gradients: vectors of channels, several pixels in registers.
 * Every method returns null where the layouts do not fit vectors, or a border does not cover the
 * padding.
 */
final class Depthwise {
  /** Multiplications that are worth a slice: these loops are bound by memory. */
  private static final long SLICE = 500_000;

  private static final int MOST_CHUNKS = 8;
  private static final int LANES = Width.LANES;

  private final ConcurrentHashMap<Copy, DepthwiseLoops> loops = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, DepthwiseGradientLoops> gradients =
      new ConcurrentHashMap<>();

  /** The constants of a copy of {@link DepthwiseTemplate}. */
  private record Copy(int taps, int step, int pixels) {}

  /** How many pixels of a row are done at a time: the number that does the least in vain. */
  private static int pixels(int columns) {
    int best = 1;
    int least = Integer.MAX_VALUE;
    for (int pixels = Math.min(DepthwiseLoops.MOST_PIXELS, columns); pixels >= 4; pixels--) {
      int done = (columns + pixels - 1) / pixels * (pixels + 1);
      if (done < least) {
        least = done;
        best = pixels;
      }
    }
    return best;
  }

  private DepthwiseLoops loops(Sweep sweep) {
    boolean whole = sweep.xColumnStep() % sweep.tapColumnStep() == 0;
    Copy copy =
        new Copy(
            sweep.columnTaps().length,
            whole ? sweep.xColumnStep() / sweep.tapColumnStep() : 0,
            whole ? pixels(sweep.columns()) : 1);
    return loops.computeIfAbsent(
        copy,
        c ->
            Templates.copy(
                DepthwiseTemplate.class, DepthwiseLoops.class, c.taps(), c.step(), c.pixels()));
  }

  /** The convolution. */
  HostKernel forward(Window window, OpKey key, Fold fold, Epilogue epilogue) {
    return plan(window, List.of(Sweep.forward(window, key.output())), key, fold, epilogue);
  }

  /** The gradient with respect to x. */
  HostKernel inputGradient(Window window, OpKey key) {
    return plan(window, Sweep.inputGradient(window, key.output()), key, Fold.NONE, null);
  }

  private HostKernel plan(
      Window window, List<Sweep> sweeps, OpKey key, Fold fold, Epilogue epilogue) {
    Layout x = key.input(0);
    Layout y = key.output();
    if (!Width.fits(y.channelStride()) || x.channelStride() != y.channelStride()) {
      return null;
    }
    List<Integer> slices = new ArrayList<>();
    List<DepthwiseLoops> copies = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      if (sweep.border(x.height(), x.width()) > x.border()
          || sweep.columnTaps().length > DepthwiseLoops.MOST_TAPS) {
        return null;
      }
      copies.add(sweep.empty() ? null : loops(sweep));
      long rows = (long) y.batch() * sweep.rows();
      long work = rows * sweep.columns() * sweep.taps() * y.channels();
      slices.add((int) Math.max(1, Math.min(rows, work / SLICE)));
    }
    return new Convolution(window, sweeps, copies, slices, x, y, fold, epilogue);
  }

  /**
   * Rows of pixels, sweep by sweep. Prepared for each sweep: what its sums start with, then one row
   * of channels a tap.
   */
  private record Convolution(
      Window window,
      List<Sweep> sweeps,
      List<DepthwiseLoops> copies,
      List<Integer> slices,
      Layout x,
      Layout y,
      Fold fold,
      Epilogue epilogue)
      implements HostKernel {
    @Override
    public List<Integer> prepares() {
      return fold.inputs();
    }

    @Override
    public int prepared() {
      return (sweeps.size() + window.taps()) * y.channelStride();
    }

    @Override
    public int slices(int pass) {
      int count = 0;
      for (int i = 0; i < slices.size(); i++) {
        count += slices.get(i);
      }
      return count;
    }

    @Override
    public void run(Args args, int pass, int slice) {
      int sweep = 0;
      int before = 0;
      int s = slice;
      while (s >= slices.get(sweep)) {
        s -= slices.get(sweep);
        before += 1 + sweeps.get(sweep++).taps();
      }
      Sweep g = sweeps.get(sweep);
      int rows = y.batch() * g.rows();
      int end = Spans.first(rows, s + 1, slices.get(sweep));
      for (int row = Spans.first(rows, s, slices.get(sweep)); row < end; row++) {
        row(args, sweep, before * y.channelStride(), row / g.rows(), row % g.rows());
        if (epilogue != null) {
          epilogue.rows(args, row, row + 1);
        }
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
      for (int i = 0; i < sweeps.size(); i++) {
        Sweep sweep = sweeps.get(i);
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

    private void row(Args args, int index, int w, int n, int u) {
      Sweep sweep = sweeps.get(index);
      int stride = y.channelStride();
      int yo = y.index(n, sweep.row0() + u * sweep.rowStep(), sweep.column0());
      int yPixel = sweep.columnStep() * stride;
      if (sweep.empty()) {
        for (int v = 0; v < sweep.columns(); v++) {
          Arrays.fill(args.out(), yo + v * yPixel, yo + v * yPixel + stride, 0);
        }
        return;
      }
      DepthwiseLoops copy = copies.get(index);
      copy.row(
          args.in(0),
          x.index(n, u * sweep.xRowStep() + sweep.tapRow(), sweep.tapColumn()),
          sweep.xColumnStep() * stride,
          sweep.tapRowStep() * x.rowStride(),
          sweep.tapColumnStep() * stride,
          sweep.rowTaps().length,
          args.ready(),
          w,
          args.out(),
          yo,
          yPixel,
          sweep.columns(),
          stride);
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
