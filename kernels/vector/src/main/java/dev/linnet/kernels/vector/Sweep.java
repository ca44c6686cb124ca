package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass of a kernel of taps over images: every pixel (u, v) of a grid over the output is a sum
 * over the taps (r, t) and input channels,
 *
 * <pre>  y[n, row0 + u·rowStep, column0 + v·columnStep, o] =
 *    Σ x[n, u·xRowStep + tapRow + r·tapRowStep, v·xColumnStep + tapColumn + t·tapColumnStep, c]
 *      · w[o, c, tap(r, t)]</pre>
 *
 * A convolution is one sweep a group; its input gradient is one for every residue of an input
 * pixel's position modulo the stride (four for stride 2), with the taps reversed.
 *
 * @param rows grid rows an image
 * @param columns grid columns
 * @param rowTaps the weights' kernel row of each r; empty where nothing reaches these pixels
 * @param columnTaps the weights' kernel column of each t
 */
record Sweep(
    int rows,
    int columns,
    int row0,
    int rowStep,
    int column0,
    int columnStep,
    int xRowStep,
    int xColumnStep,
    int tapRow,
    int tapRowStep,
    int tapColumn,
    int tapColumnStep,
    int[] rowTaps,
    int[] columnTaps) {

  /** A convolution. */
  static Sweep forward(Window window, Layout y) {
    return new Sweep(
        y.height(),
        y.width(),
        0,
        1,
        0,
        1,
        window.strideHeight(),
        window.strideWidth(),
        -window.top(),
        window.dilationHeight(),
        -window.left(),
        window.dilationWidth(),
        upTo(window.kernelHeight()),
        upTo(window.kernelWidth()));
  }

  private static int[] upTo(int count) {
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      result[i] = i;
    }
    return result;
  }

  /** The gradient with respect to the input of a convolution, dx being the output here. */
  static List<Sweep> inputGradient(Window window, Layout dx) {
    List<Sweep> result = new ArrayList<>();
    for (int a = 0; a < Math.min(window.strideHeight(), dx.height()); a++) {
      Axis row =
          Axis.of(
              window.kernelHeight(),
              window.strideHeight(),
              window.dilationHeight(),
              a,
              window.top());
      for (int b = 0; b < Math.min(window.strideWidth(), dx.width()); b++) {
        Axis column =
            Axis.of(
                window.kernelWidth(),
                window.strideWidth(),
                window.dilationWidth(),
                b,
                window.left());
        boolean reached = row.taps.length > 0 && column.taps.length > 0;
        result.add(
            new Sweep(
                (dx.height() - a + window.strideHeight() - 1) / window.strideHeight(),
                (dx.width() - b + window.strideWidth() - 1) / window.strideWidth(),
                a,
                window.strideHeight(),
                b,
                window.strideWidth(),
                1,
                1,
                row.first,
                row.step,
                column.first,
                column.step,
                reached ? row.taps : new int[0],
                reached ? column.taps : new int[0]));
      }
    }
    return result;
  }

  /** The taps that connect inputs {@code residue + stride·u} with outputs {@code u + first + …}. */
  private record Axis(int first, int step, int[] taps) {
    static Axis of(int kernel, int stride, int dilation, int residue, int padding) {
      List<Integer> taps = new ArrayList<>();
      List<Integer> offsets = new ArrayList<>();
      for (int i = kernel - 1; i >= 0; i--) { // backwards: offsets ascend
        int distance = residue + padding - i * dilation;
        if (Math.floorMod(distance, stride) == 0) {
          taps.add(i);
          offsets.add(Math.floorDiv(distance, stride));
        }
      }
      int step = offsets.size() > 1 ? offsets.get(1) - offsets.get(0) : 1;
      return new Axis(
          offsets.isEmpty() ? 0 : offsets.get(0),
          step,
          taps.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /** The position in y of grid pixel (u, v) of image n. */
  int pixel(Layout y, int n, int u, int v) {
    return y.index(n, row0 + u * rowStep, column0 + v * columnStep);
  }

  /** Floats from the first one of y in some grid rows of an image to their end. */
  int ySpan(Layout y, int count) {
    return (count - 1) * rowStep * y.rowStride()
        + ((columns - 1) * columnStep + 1) * y.channelStride();
  }

  /** Floats from the first one of x that some grid rows of an image need to their end. */
  int xSpan(Layout x, int count) {
    return ((count - 1) * xRowStep + (rowTaps.length - 1) * tapRowStep) * x.rowStride()
        + ((columns - 1) * xColumnStep + (columnTaps.length - 1) * tapColumnStep + 1)
            * x.channelStride();
  }

  /** Whether it only sets its pixels to zero. */
  boolean empty() {
    return rowTaps.length == 0;
  }

  /** The number of taps. */
  int taps() {
    return rowTaps.length * columnTaps.length;
  }

  /** The border that x needs for all taps of all pixels to lie inside its buffer. */
  int border(int xHeight, int xWidth) {
    if (empty()) {
      return 0;
    }
    int lastRow = (rows - 1) * xRowStep + tapRow + (rowTaps.length - 1) * tapRowStep;
    int lastColumn =
        (columns - 1) * xColumnStep + tapColumn + (columnTaps.length - 1) * tapColumnStep;
    return Math.max(
        Math.max(-tapRow, -tapColumn),
        Math.max(0, Math.max(lastRow - xHeight + 1, lastColumn - xWidth + 1)));
  }
}
