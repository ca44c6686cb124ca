package dev.linnet.kernels.vector;

import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Depthwise convolutions and their gradients: one vector of channels at a time, weights in
 * registers; two vectors where there are registers for them. Every method returns null where the
 * layouts do not fit vectors, or a border does not cover the padding.
 */
final class Depthwise {
  /** Multiplications that are worth a slice: these loops are bound by memory. */
  private static final long SLICE = 500_000;

  private static final int MOST_CHUNKS = 8;
  private static final int LANES = Width.LANES;

  /** Vector registers that can be counted on. */
  private static final int REGISTERS = LANES == 16 ? 32 : 16;

  private final ConcurrentHashMap<Copy, DepthwiseLoops> loops = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Copy, DepthwiseGradientLoops> gradients =
      new ConcurrentHashMap<>();

  /** The constants of a copy of a template; gradients have no function. */
  private record Copy(boolean pair, int taps, int step, int rows, int function) {}

  private DepthwiseGradientLoops gradientLoops(Copy copy) {
    return gradients.computeIfAbsent(
        copy,
        c ->
            Templates.copy(
                c.pair() ? DepthwisePairGradientTemplate.class : DepthwiseGradientTemplate.class,
                DepthwiseGradientLoops.class,
                c.taps(),
                c.step(),
                c.rows()));
  }

  private DepthwiseLoops loops(Copy copy) {
    return loops.computeIfAbsent(
        copy,
        c ->
            Templates.copy(
                c.pair() ? DepthwisePairTemplate.class : DepthwiseTemplate.class,
                DepthwiseLoops.class,
                c.taps(),
                c.step(),
                c.rows(),
                c.function()));
  }

  /**
   * The convolution.
   *
   * @param function what is applied at last, if {@link InlineFunctions} have it
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
    List<DepthwiseConvolution.Part> parts = new ArrayList<>();
    int w = 0;
    for (Sweep sweep : sweeps) {
      if (sweep.border(x.height(), x.width()) > x.border()
          || sweep.columnTaps().length > DepthwiseLoops.MOST_TAPS) {
        return null;
      }
      long rows = (long) y.batch() * sweep.rows();
      long work = rows * sweep.columns() * sweep.taps() * y.channels();
      int slices = (int) Math.max(1, Math.min(rows, work / SLICE));
      parts.add(new DepthwiseConvolution.Part(sweep, passes(sweep, x, y, function), w, slices));
      w += (1 + sweep.taps()) * y.channelStride();
    }
    return new DepthwiseConvolution(window, parts, x, y, fold, epilogue);
  }

  /** The kernel rows that fit registers, and, with dilation, every how many-th pixel. */
  private List<DepthwiseConvolution.Pass> passes(Sweep sweep, Layout x, Layout y, int function) {
    List<DepthwiseConvolution.Pass> passes = new ArrayList<>();
    int taps = sweep.columnTaps().length;
    int xStep = sweep.xColumnStep();
    int tapStep = sweep.tapColumnStep();
    int step = step(sweep);
    int phases = step == 0 && tapStep % xStep == 0 ? Math.min(tapStep / xStep, sweep.columns()) : 1;
    step = phases > 1 ? 1 : taps == 1 ? 0 : step;
    int stride = y.channelStride();
    int yPixel = sweep.columnStep() * stride;
    for (int phase = 0; phase < phases; phase++) {
      int rows;
      for (int row = 0; row < sweep.rowTaps().length; row += rows) {
        rows = Math.min(mostRows(taps, step), sweep.rowTaps().length - row);
        boolean last = row + rows == sweep.rowTaps().length;
        int applied = last ? function : 0;
        int pairStep = taps == 3 && step == 1 ? 1 : 0;
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
            new DepthwiseConvolution.Pass(
                loops(new Copy(false, taps, step, rows, applied)),
                pairs(stride, taps, rows)
                    ? loops(new Copy(true, taps, pairStep, rows, applied))
                    : null,
                steps,
                phase * xStep * stride + row * sweep.tapRowStep() * x.rowStride(),
                (1 + row * taps) * stride,
                phase * yPixel,
                row == 0));
      }
    }
    return passes;
  }

  /** Taps from one window to the next where it is 1 or 2; 0 for all else. */
  private static int step(Sweep sweep) {
    int xStep = sweep.xColumnStep();
    int tapStep = sweep.tapColumnStep();
    return xStep % tapStep == 0 && xStep / tapStep <= 2 ? xStep / tapStep : 0;
  }

  /** Kernel rows whose weights, sums and a few pixels fit registers. */
  private static int mostRows(int taps, int step) {
    int sums = step == 0 ? 1 : (taps - 1) / step + 1;
    return Math.max(1, Math.min(DepthwiseLoops.MOST_ROWS, (REGISTERS - sums - 2) / taps));
  }

  /** Whether there is a pair of vectors, and registers for all that is theirs. */
  private static boolean pairs(int stride, int taps, int rows) {
    return stride > LANES && taps <= 3 && 2 * (taps * rows + 4) <= REGISTERS;
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
    long work = (long) dy.shape().size() * window.taps();
    int chunks = (int) Math.max(1, Math.min(Math.min(MOST_CHUNKS, dy.batch()), work / SLICE));
    Channels channels = new Channels(dy.channels(), dy.channelStride());
    return new DepthwiseWeightGradient(window, rows(window, sweep, dy, x), dy, x, channels, chunks);
  }

  private List<DepthwiseWeightGradient.KernelRows> rows(
      Window window, Sweep sweep, Layout dy, Layout x) {
    int taps = window.kernelWidth();
    int step = step(sweep);
    int shared = step == 0 ? 0 : Math.max(0, taps - step);
    int most = (REGISTERS - 2) / (taps + shared + 1);
    DepthwiseGradientLoops.Steps steps =
        new DepthwiseGradientLoops.Steps(
            dy.channelStride(),
            dy.rowStride(),
            sweep.tapColumnStep() * x.channelStride(),
            sweep.tapRowStep() * x.rowStride(),
            sweep.xColumnStep() * x.channelStride(),
            sweep.xRowStep() * x.rowStride(),
            dy.width());
    List<DepthwiseWeightGradient.KernelRows> result = new ArrayList<>();
    int rows;
    for (int row = 0; row < window.kernelHeight(); row += rows) {
      rows = Math.max(1, Math.min(most, DepthwiseGradientLoops.MOST_ROWS));
      rows = Math.min(rows, window.kernelHeight() - row);
      int pairStep = taps == 1 ? 1 : step;
      boolean pairs =
          rows == window.kernelHeight() && pairStep > 0 && pairs(dy.channelStride(), taps, rows);
      int at = x.index(0, sweep.tapRow() + row * sweep.tapRowStep(), sweep.tapColumn());
      result.add(
          new DepthwiseWeightGradient.KernelRows(
              gradientLoops(new Copy(false, taps, step, rows, 0)),
              pairs ? gradientLoops(new Copy(true, taps, pairStep, rows, 0)) : null,
              steps,
              row,
              at));
    }
    return result;
  }
}
