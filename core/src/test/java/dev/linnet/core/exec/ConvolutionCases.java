package dev.linnet.core.exec;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** Cases of convolutions and dense layers, with their derivatives. */
final class ConvolutionCases {
  /** One below, at and one above the vector widths and their multiples, and image channels. */
  static final int[] CHANNELS = {1, 3, 5, 8, 13, 16, 17, 24, 31, 32, 40, 48, 64};

  private static final int[][] KERNELS = {
    {1, 1}, {3, 3}, {5, 5}, {7, 7}, {1, 3}, {3, 1}, {5, 2}, {2, 2}
  };
  private static final int[][] STRIDES = {{1, 1}, {2, 2}, {3, 3}, {1, 2}, {3, 1}};
  private static final int[] BATCHES = {1, 5};
  private static final int[][] SIZES = {
    {1, 1}, {2, 3}, {5, 5}, {7, 7}, {8, 8}, {4, 13}, {14, 14}, {11, 17}, {3, 29}
  };
  private static final int PADDINGS = 4;
  private static final int[] DILATIONS = {1, 2};
  private static final int GROUPINGS = 4;
  private static final long MOST_MACS = 1_500_000;
  private static final int MOST_DENSE_MACS = 20_000;

  private ConvolutionCases() {}

  /** Every pair of channels, kernels, strides, paddings, dilations, groups, batches, sizes. */
  static List<OpCase> convolutions() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] row :
        Pairwise.rows(
            CHANNELS.length,
            CHANNELS.length,
            KERNELS.length,
            STRIDES.length,
            PADDINGS,
            DILATIONS.length,
            GROUPINGS,
            BATCHES.length,
            SIZES.length)) {
      int in = CHANNELS[row[0]];
      int out = CHANNELS[row[1]];
      int groups = 1;
      switch (row[6]) {
        case 1 -> { // two groups
          groups = 2;
          in += in % 2;
          out += out % 2;
        }
        case 2 -> { // depthwise
          groups = in;
          out = in;
        }
        case 3 -> { // depthwise with two outputs a channel
          groups = in;
          out = 2 * in;
        }
        default -> {}
      }
      Window window = window(KERNELS[row[2]], STRIDES[row[3]], row[4], DILATIONS[row[5]]);
      int height = SIZES[row[8]][0];
      int width = SIZES[row[8]][1];
      height += Math.max(0, 1 - window.outputHeight(height)) * window.strideHeight();
      width += Math.max(0, 1 - window.outputWidth(width)) * window.strideWidth();
      add(cases, new Conv2d(window, groups), BATCHES[row[7]], height, width, in, out);
    }
    return cases;
  }

  /** Every width up to 33 and every number of outputs up to 65: the ends of all tiles. */
  static List<OpCase> tiles() {
    List<OpCase> cases = new ArrayList<>();
    Conv2d three = new Conv2d(Window.same(3, 1), 1);
    Conv2d one = new Conv2d(Window.same(1, 1), 1);
    for (int width = 1; width <= 33; width++) {
      add(cases, width % 2 == 0 ? three : one, 1, 3, width, 8, 16);
      add(cases, new Conv2d(Window.same(3, 1 + width % 2), 16), 1, 3, width, 16, 16);
    }
    for (int out = 1; out <= 65; out++) {
      add(cases, out % 2 == 0 ? three : one, 2, 3, 3, 8, out);
    }
    return cases;
  }

  /** Maps of several megabytes, which caches do not hold and whose images are summed in groups. */
  static List<OpCase> large() {
    List<OpCase> cases = new ArrayList<>();
    addWhole(cases, new Conv2d(Window.same(3, 1), 80), 2, 40, 41, 80, 80);
    addWhole(cases, new Conv2d(Window.same(3, 2), 136), 3, 31, 40, 136, 136);
    addWhole(cases, new Conv2d(Window.same(5, 2), 72), 5, 33, 30, 72, 72);
    addWhole(cases, new Conv2d(Window.same(1, 1), 1), 5, 41, 42, 40, 24);
    return cases;
  }

  private static Window window(int[] kernel, int[] stride, int padding, int dilation) {
    int rows = dilation * (kernel[0] - 1);
    int columns = dilation * (kernel[1] - 1);
    int[] sides = // top, left, bottom, right
        switch (padding) {
          case 0 -> new int[] {0, 0, 0, 0};
          case 1 -> new int[] {rows / 2, columns / 2, rows / 2, columns / 2};
          case 2 -> new int[] {rows, 0, 0, columns};
          default -> new int[] {1, rows > 2 ? 3 : 0, 0, 2}; // also more than the window reaches
        };
    return new Window(
        kernel[0], kernel[1], stride[0], stride[1], sides[0], sides[1], sides[2], sides[3],
        dilation, dilation);
  }

  /** Adds the three operations of a convolution, smaller where it is too much work for a test. */
  private static void add(
      List<OpCase> cases, Conv2d conv, int batch, int height, int width, int in, int out) {
    Window window = conv.window();
    int perGroup = in / conv.groups();
    int terms = perGroup * window.taps();
    while ((long) batch * window.outputHeight(height) * window.outputWidth(width) * out * terms
            > MOST_MACS
        && batch + height + width > 3) {
      int lower = Math.max(1, height - window.strideHeight());
      int narrower = Math.max(1, width - window.strideWidth());
      if (height >= width && window.outputHeight(lower) >= 1) {
        height = lower;
      } else if (window.outputWidth(narrower) >= 1 && narrower < width) {
        width = narrower;
      } else if (batch > 1) {
        batch--;
      } else {
        break;
      }
    }
    addWhole(cases, conv, batch, height, width, in, out);
  }

  /** Adds the three operations of a convolution. */
  private static void addWhole(
      List<OpCase> cases, Conv2d conv, int batch, int height, int width, int in, int out) {
    Window window = conv.window();
    int perGroup = in / conv.groups();
    int terms = perGroup * window.taps();
    int p = window.outputHeight(height);
    int q = window.outputWidth(width);
    int[] weights = {out, perGroup, window.kernelHeight(), window.kernelWidth()};
    OpCase.Operand x = OpCase.map(1, batch, height, width, in);
    OpCase.Operand dy = OpCase.map(2, batch, p, q, out);
    OpCase.Operand w = OpCase.dense(3, weights);
    cases.add(OpCase.of(conv, terms, x, w));
    cases.add(
        OpCase.of(
            new Conv2d.InputGradient(conv, height, width),
            out / conv.groups() * window.taps(),
            dy,
            w));
    cases.add(OpCase.of(new Conv2d.WeightGradient(conv), batch * p * q, dy, x));
  }

  /**
   * Every pair of batches, inputs and outputs. Where three of them are too much work for a kernel
   * that is not compiled yet, each of their pairs is with the least of the third.
   */
  static List<OpCase> dense() {
    int[] batches = {1, 2, 5, 7, 16, 33};
    int[] features = {1, 3, 5, 8, 13, 16, 17, 24, 31, 32, 40, 48, 64, 127, 1009};
    int[] outputs = {1, 2, 7, 8, 10, 16, 17, 31, 64, 100};
    List<OpCase> cases = new ArrayList<>();
    for (int[] row : Pairwise.rows(batches.length, features.length, outputs.length)) {
      int n = batches[row[0]];
      int in = features[row[1]];
      int out = outputs[row[2]];
      if (n * in * out <= MOST_DENSE_MACS) {
        addDense(cases, n, in, out);
      } else {
        addDense(cases, n, in, 1);
        addDense(cases, n, 1, out);
        addDense(cases, 1, in, out);
      }
    }
    return cases;
  }

  private static void addDense(List<OpCase> cases, int n, int in, int out) {
    OpCase.Operand x = OpCase.map(1, n, in);
    OpCase.Operand dy = OpCase.map(2, n, out);
    OpCase.Operand w = OpCase.dense(3, out, in);
    cases.add(OpCase.of(new Dense(), in, x, w));
    cases.add(OpCase.of(new Dense.InputGradient(), out, dy, w));
    cases.add(OpCase.of(new Dense.WeightGradient(), n, dy, x));
  }
}
