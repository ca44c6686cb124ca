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
      span(args, y.index(n, h, 0), add == null ? 0 : added.index(n, h, 0), floats);
    }
  }

  /**
   * A run of floats.
   *
   * @param at where it starts in y
   * @param from where it starts in what is added
   */
  void span(Args args, int at, int from, int floats) {
    float[] out = args.out();
    if (add != null) {
      add.run(out, at, args.in(residual), from, out, at, floats);
    }
    if (function != null) {
      function.run(out, at, out, at, out, at, floats);
    }
  }
}
