package dev.linnet.core.exec;

import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** Cases of pooling, with their derivatives. */
final class PoolCases {
  private static final int[] CHANNELS = ConvolutionCases.CHANNELS;
  private static final int[][] KERNELS = {{2, 2}, {3, 3}, {5, 5}, {3, 2}, {1, 1}};
  private static final int[][] STRIDES = {{1, 1}, {2, 2}, {3, 3}, {2, 1}};
  private static final int[] BATCHES = {1, 5};
  private static final int[][] SIZES = {{1, 1}, {2, 3}, {5, 5}, {8, 8}, {7, 11}, {4, 17}};
  private static final int PADDINGS = 3;

  private PoolCases() {}

  /** Every pair of channels, kernels, strides, paddings, batches and sizes. */
  static List<OpCase> pools() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] row :
        Pairwise.rows(
            CHANNELS.length,
            KERNELS.length,
            STRIDES.length,
            PADDINGS,
            BATCHES.length,
            SIZES.length)) {
      int[] kernel = KERNELS[row[1]];
      int[] stride = STRIDES[row[2]];
      int least = Math.min(kernel[0], kernel[1]);
      int near = row[3] == 0 ? 0 : least / 2;
      int far = row[3] == 2 ? least - 1 : near;
      Window window =
          new Window(kernel[0], kernel[1], stride[0], stride[1], near, far, far, near, 1, 1);
      int height = SIZES[row[5]][0];
      int width = SIZES[row[5]][1];
      height += Math.max(0, 1 - window.outputHeight(height)) * window.strideHeight();
      width += Math.max(0, 1 - window.outputWidth(width)) * window.strideWidth();
      add(cases, window, BATCHES[row[4]], height, width, CHANNELS[row[0]]);
    }
    return cases;
  }

  /** Largest values under taps that do not touch each other. */
  static List<OpCase> dilated() {
    List<OpCase> cases = new ArrayList<>();
    for (int channels : CHANNELS) {
      Window window = Window.square(2 + channels % 2, 1 + channels % 3, 1, 2);
      OpCase.Operand x = OpCase.map(1, 2, 7, 9, channels);
      int p = window.outputHeight(7);
      int q = window.outputWidth(9);
      cases.add(OpCase.of(new MaxPool2d(window), 1, x));
      cases.add(
          OpCase.of(
              new MaxPool2d.InputGradient(window),
              window.taps(),
              OpCase.map(2, 2, p, q, channels),
              x));
    }
    return cases;
  }

  private static void add(List<OpCase> cases, Window window, int n, int h, int w, int channels) {
    int p = window.outputHeight(h);
    int q = window.outputWidth(w);
    OpCase.Operand x = OpCase.map(1, n, h, w, channels);
    OpCase.Operand dy = OpCase.map(2, n, p, q, channels);
    OpCase.Operand negative = OpCase.map(4, n, h, w, channels);
    OpCase.Operand tied = OpCase.map(5, n, h, w, channels);
    for (int i = 0; i < tied.values().length; i++) {
      negative.values()[i] -= 2; // a border of zeros must not win
      tied.values()[i] = Math.round(2 * tied.values()[i]) / 2f;
    }
    cases.add(OpCase.of(new MaxPool2d(window), 1, x));
    cases.add(OpCase.of(new MaxPool2d(window), 1, negative));
    cases.add(OpCase.of(new MaxPool2d.InputGradient(window), window.taps(), dy, negative));
    cases.add(OpCase.of(new MaxPool2d.InputGradient(window), window.taps(), dy, tied));
    for (boolean countPadding : new boolean[] {false, true}) {
      AvgPool2d average = new AvgPool2d(window, countPadding);
      cases.add(OpCase.of(average, window.taps(), x));
      cases.add(OpCase.of(new AvgPool2d.InputGradient(average, h, w), window.taps(), dy));
    }
  }

  /** Every number of channels on several sizes. */
  static List<OpCase> global() {
    List<OpCase> cases = new ArrayList<>();
    for (int channels : CHANNELS) {
      for (int[] size : SIZES) {
        int n = BATCHES[(channels + size[0]) % 2];
        int pixels = size[0] * size[1];
        cases.add(
            OpCase.of(new GlobalAvgPool(), pixels, OpCase.map(1, n, size[0], size[1], channels)));
        cases.add(
            OpCase.of(
                new GlobalAvgPool.InputGradient(size[0], size[1]),
                1,
                OpCase.map(2, n, 1, 1, channels)));
      }
    }
    return cases;
  }
}
