package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Layout;

/**
 * What follows a convolution in its last store: another map is added and a function applied, in
 * place, to rows that have just been computed.
 *
 * @param y the result
 * @param added the layout of the map that is added
 * @param residual the input that it is
 * @param add adds it; null where there is none
 * @param function null where there is none
 */
record Epilogue(Layout y, Layout added, int residual, PointwiseLoops add, PointwiseLoops function) {
  /** Rows {@code from} to {@code to}, counted through all images. */
  void rows(Args args, int from, int to) {
    int floats = y.width() * y.channelStride();
    for (int row = from; row < to; row++) {
      int n = row / y.height();
      int h = row % y.height();
      int at = y.index(n, h, 0);
      if (y.isSlice()) {
        pixels(args, at, added.index(n, h, 0));
      } else if (added.channelStride() == y.channelStride()) {
        span(args, at, added.index(n, h, 0), floats);
      } else {
        addPixels(args, at, added.index(n, h, 0));
        apply(args.out(), at, floats);
      }
    }
  }

  /** A row of pixels between which other values lie. */
  private void pixels(Args args, int at, int from) {
    boolean whole = added.channelStride() >= y.room();
    if (!whole) {
      addPixels(args, at, from);
    }
    for (int w = 0; w < y.width(); w++) {
      int to = at + w * y.channelStride();
      if (whole) {
        span(args, to, from + w * added.channelStride(), y.room());
      } else {
        apply(args.out(), to, y.room());
      }
    }
  }

  /** Adds a row of pixels that lie at other distances than those of y. */
  private void addPixels(Args args, int at, int from) {
    for (int w = 0; w < y.width(); w++) {
      int to = at + w * y.channelStride();
      int start = from + w * added.channelStride();
      for (int c = 0; c < y.channels(); c++) {
        args.out()[to + c] += args.in(residual)[start + c];
      }
    }
  }

  /**
   * A run of floats; y and what is added have the same channel stride.
   *
   * @param at where it starts in y
   * @param from where it starts in what is added
   */
  void span(Args args, int at, int from, int floats) {
    float[] out = args.out();
    if (add != null) {
      add.run(out, at, args.in(residual), from, out, at, floats);
    }
    apply(out, at, floats);
  }

  private void apply(float[] out, int at, int floats) {
    if (function != null) {
      function.run(out, at, out, at, out, at, floats);
    }
  }
}
