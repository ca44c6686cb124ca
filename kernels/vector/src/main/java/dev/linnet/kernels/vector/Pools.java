package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Window;
import java.util.Arrays;

/**
 * Max and average pooling and their gradients. Windows are clipped at the edges of the image, so no
 * border is needed. Every method returns null where the layouts do not fit vectors.
 */
final class Pools {
  /** Floats under windows that are worth a slice. */
  private static final long SLICE = 65_536;

  private Pools() {}

  /** The largest value. */
  static HostKernel max(Window window, OpKey key) {
    return plan(Kind.MAX, window, true, key.input(0), key.output(), key.output());
  }

  /** The mean. */
  static HostKernel average(AvgPool2d pool, OpKey key) {
    return plan(
        Kind.AVERAGE, pool.window(), pool.countPadding(), key.input(0), key.output(), key.output());
  }

  /** The gradient of the largest value. Inputs: dy, x. */
  static HostKernel maxGradient(Window window, OpKey key) {
    return plan(Kind.MAX_GRADIENT, window, true, key.input(1), key.input(0), key.output());
  }

  /** The gradient of the mean. Input: dy. */
  static HostKernel averageGradient(AvgPool2d pool, OpKey key) {
    return plan(
        Kind.AVERAGE_GRADIENT,
        pool.window(),
        pool.countPadding(),
        key.output(),
        key.input(0),
        key.output());
  }

  private enum Kind {
    MAX,
    AVERAGE,
    MAX_GRADIENT,
    AVERAGE_GRADIENT;

    boolean gradient() {
      return this == MAX_GRADIENT || this == AVERAGE_GRADIENT;
    }
  }

  private static HostKernel plan(
      Kind kind, Window window, boolean countPadding, Layout x, Layout y, Layout out) {
    int stride = y.channelStride();
    if (!Width.fits(stride) || x.channelStride() != stride || out.channelStride() != stride) {
      return null;
    }
    return new Pool(kind, window, countPadding, x, y, out);
  }

  /**
   * One pooling.
   *
   * @param x layout of the side with the larger images
   * @param y layout of the pooled side
   * @param out layout of the result
   */
  private record Pool(
      Kind kind, Window window, boolean countPadding, Layout x, Layout y, Layout out)
      implements HostKernel {
    @Override
    public int slices(int pass) {
      long work = (long) y.batch() * y.height() * y.width() * y.channelStride() * window.taps();
      return (int) Math.max(1, Math.min(y.batch(), work / SLICE));
    }

    @Override
    public void run(Args args, int pass, int slice) {
      int slices = slices(0);
      int end = Spans.first(y.batch(), slice + 1, slices);
      for (int n = Spans.first(y.batch(), slice, slices); n < end; n++) {
        if (kind.gradient()) {
          for (int h = 0; h < out.height(); h++) {
            int at = out.index(n, h, 0);
            Arrays.fill(args.out(), at, at + out.width() * out.channelStride(), 0);
          }
        }
        for (int p = 0; p < y.height(); p++) {
          for (int q = 0; q < y.width(); q++) {
            pixel(args, n, p, q);
          }
        }
      }
    }

    /** The first tap inside for an axis that starts at {@code start}. */
    private static int firstInside(int start, int dilation) {
      return start >= 0 ? 0 : (-start + dilation - 1) / dilation;
    }

    /** One behind the last tap inside. */
    private static int endInside(int start, int dilation, int kernel, int extent) {
      return Math.min(kernel, (extent - start + dilation - 1) / dilation);
    }

    private void pixel(Args args, int n, int p, int q) {
      int top = p * window.strideHeight() - window.top();
      int left = q * window.strideWidth() - window.left();
      int firstRow = firstInside(top, window.dilationHeight());
      int firstColumn = firstInside(left, window.dilationWidth());
      int rows =
          endInside(top, window.dilationHeight(), window.kernelHeight(), x.height()) - firstRow;
      int columns =
          endInside(left, window.dilationWidth(), window.kernelWidth(), x.width()) - firstColumn;
      int row = top + firstRow * window.dilationHeight();
      int column = left + firstColumn * window.dilationWidth();
      if (rows <= 0 || columns <= 0) {
        outside(args, n, p, q);
        return;
      }
      int stride = y.channelStride();
      float factor = 1f / (countPadding ? window.taps() : rows * columns);
      int rowStep = window.dilationHeight() * x.rowStride();
      int columnStep = window.dilationWidth() * stride;
      switch (kind) {
        case MAX ->
            WindowLoops.max(
                args.in(0),
                x.index(n, row, column),
                rowStep,
                columnStep,
                rows,
                columns,
                args.out(),
                y.index(n, p, q),
                stride);
        case AVERAGE ->
            WindowLoops.sum(
                args.in(0),
                x.index(n, row, column),
                rowStep,
                columnStep,
                rows,
                columns,
                args.out(),
                y.index(n, p, q),
                stride,
                factor);
        case AVERAGE_GRADIENT ->
            WindowLoops.spread(
                args.in(0),
                y.index(n, p, q),
                args.out(),
                out.index(n, row, column),
                rowStep,
                columnStep,
                rows,
                columns,
                stride,
                factor);
        case MAX_GRADIENT ->
            WindowLoops.toLargest(
                args.in(0),
                y.index(n, p, q),
                args.in(1),
                x.index(n, row, column),
                rowStep,
                columnStep,
                args.out(),
                out.index(n, row, column),
                window.dilationHeight() * out.rowStride(),
                columnStep,
                rows,
                columns,
                stride);
      }
    }

    /** A window that lies in the padding altogether. */
    private void outside(Args args, int n, int p, int q) {
      if (!kind.gradient()) {
        int at = y.index(n, p, q);
        float value = kind == Kind.MAX ? Float.NEGATIVE_INFINITY : 0;
        Arrays.fill(args.out(), at, at + y.channels(), value);
      }
    }
  }
}
