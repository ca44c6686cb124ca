package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * Gathers what a {@link Sweep} reads for one pixel, {@code [r][t][c]}, into a row of a panel. Works
 * for any layout: where the border of x is too small, zeros are written.
 */
final class Patches {
  private final Sweep sweep;
  private final Layout x;
  private final int channel;
  private final int depth;
  private final boolean inside;
  private final boolean merged;
  private final boolean tapsWithin;

  /**
   * For some channels of x.
   *
   * @param channel the first
   * @param depth how many
   * @param tapsWithin whether a patch lies {@code [r][c][t]} instead
   */
  Patches(Sweep sweep, Layout x, int channel, int depth, boolean tapsWithin) {
    this.sweep = sweep;
    this.x = x;
    this.channel = channel;
    this.depth = depth;
    this.tapsWithin = tapsWithin;
    this.inside = sweep.border(x.height(), x.width()) <= x.border();
    this.merged = sweep.tapColumnStep() == 1 && depth == x.channelStride();
  }

  /** Floats of one kernel row. */
  int rowFloats() {
    return sweep.columnTaps().length * depth;
  }

  /** Kernel rows {@code first} to {@code last} of the patch of grid pixel (u, v) of image n. */
  void gather(float[] in, int n, int u, int v, int first, int last, float[] panel, int to) {
    int row = u * sweep.xRowStep() + sweep.tapRow() + first * sweep.tapRowStep();
    int column = v * sweep.xColumnStep() + sweep.tapColumn();
    for (int r = first; r < last; r++, row += sweep.tapRowStep(), to += rowFloats()) {
      if (tapsWithin) {
        within(in, n, row, column, panel, to);
      } else if (inside && merged) {
        copy(in, x.index(n, row, column), panel, to, rowFloats());
      } else if (row < -x.border() || row >= x.height() + x.border()) {
        Arrays.fill(panel, to, to + rowFloats(), 0);
      } else {
        taps(in, n, row, column, panel, to);
      }
    }
  }

  private void within(float[] in, int n, int row, int column, float[] panel, int to) {
    int taps = sweep.columnTaps().length;
    for (int t = 0; t < taps; t++) {
      int at = x.index(n, row, column + t * sweep.tapColumnStep()) + channel;
      for (int c = 0; c < depth; c++) {
        panel[to + c * taps + t] = in[at + c];
      }
    }
  }

  private void taps(float[] in, int n, int row, int column, float[] panel, int to) {
    int at = to;
    for (int t = 0; t < sweep.columnTaps().length; t++, at += depth) {
      int q = column + t * sweep.tapColumnStep();
      if (q < -x.border() || q >= x.width() + x.border()) {
        Arrays.fill(panel, at, at + depth, 0);
      } else {
        copy(in, x.index(n, row, q) + channel, panel, at, depth);
      }
    }
  }

  private static void copy(float[] from, int at, float[] to, int start, int count) {
    if (count < 16) {
      for (int i = 0; i < count; i++) {
        to[start + i] = from[at + i];
      }
    } else {
      System.arraycopy(from, at, to, start, count);
    }
  }
}
