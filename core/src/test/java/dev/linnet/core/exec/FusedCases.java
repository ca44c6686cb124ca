package dev.linnet.core.exec;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.FusedConv2d.Shift;
import dev.linnet.core.graph.NormActivation;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cases of operations that do the work of several. */
final class FusedCases {
  private static final int[] CHANNELS = ConvolutionCases.CHANNELS;
  private static final float EPSILON = 1e-3f;
  private static final List<Shift> SHIFTS =
      List.of(new Shift.None(), new Shift.Bias(), new Shift.Norm(EPSILON));

  /** None, and every one. */
  private static final List<Optional<Activation.Function>> FUNCTIONS =
      Stream.concat(
              Stream.of(Optional.<Activation.Function>empty()),
              Arrays.stream(Activation.Function.values()).map(Optional::of))
          .toList();

  private static final int[][] KERNELS = {{1, 1}, {3, 3}, {5, 5}, {1, 3}, {5, 2}};
  private static final int GROUPINGS = 4;
  private static final int[][] SIZES = {
    // batch, height, width
    {5, 1, 1}, {1, 5, 5}, {2, 7, 7}, {5, 4, 13}, {1, 8, 8}, {2, 11, 9}, {1, 3, 29}
  };

  /** A sum with twice the error has as many times the terms. */
  private static final int TWICE = 4;

  private FusedCases() {}

  /** Every pair of channels, kernels, strides, groups, sizes, shifts, residuals, functions. */
  static List<OpCase> convolutions() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] row :
        Pairwise.rows(
            CHANNELS.length,
            CHANNELS.length,
            KERNELS.length,
            2,
            GROUPINGS,
            SIZES.length,
            SHIFTS.size(),
            2,
            FUNCTIONS.size())) {
      int in = CHANNELS[row[0]];
      int out = CHANNELS[row[1]];
      int groups = 1;
      switch (row[4]) {
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
      int[] kernel = KERNELS[row[2]];
      Conv2d conv = new Conv2d(window(kernel[0], kernel[1], 1 + row[3]), groups);
      FusedConv2d op =
          new FusedConv2d(conv, SHIFTS.get(row[6]), row[7] == 1, FUNCTIONS.get(row[8]));
      cases.add(convolution(op, SIZES[row[5]], in, out));
    }
    return cases;
  }

  /**
   * Kernels of 3 × 3 and stride 1 on images of all sizes that tiles of 4 × 4 pixels cut, with so
   * many channels that Winograd's way of computing them may pay. Its errors may be twice as large.
   */
  static List<OpCase> tiled() {
    int[][] sizes = {
      // batch, height, width, input channels, output channels
      {2, 16, 16, 24, 40},
      {3, 9, 13, 40, 24},
      {1, 17, 18, 64, 64},
      {2, 7, 7, 64, 40},
      {5, 8, 8, 32, 17},
      {2, 5, 33, 128, 31},
      {33, 8, 8, 64, 64},
      {3, 14, 30, 16, 16},
      {9, 4, 15, 33, 50},
      {1, 31, 3, 56, 48}
    };
    List<OpCase> cases = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Shift shift = SHIFTS.get(i % SHIFTS.size());
      FusedConv2d op =
          new FusedConv2d(
              new Conv2d(window(3, 3, 1), 1),
              shift,
              i % 2 == 0,
              FUNCTIONS.get(i % FUNCTIONS.size()));
      OpCase test = convolution(op, sizes[i], sizes[i][3], sizes[i][4]);
      cases.add(new OpCase(op, test.operands(), TWICE * test.reduction()));
    }
    return cases;
  }

  private static Window window(int rows, int columns, int stride) {
    int top = rows / 2;
    int left = columns / 2;
    return new Window(
        rows, columns, stride, stride, top, left, rows - 1 - top, columns - 1 - left, 1, 1);
  }

  private static OpCase convolution(FusedConv2d op, int[] size, int in, int out) {
    Window window = op.conv().window();
    int perGroup = in / op.conv().groups();
    int terms = perGroup * window.taps();
    // Weights such that the results are some units, and on all sides of a function's kinks.
    float range = 9 / (float) Math.sqrt(terms);
    List<OpCase.Operand> operands = new ArrayList<>();
    operands.add(OpCase.map(1, size[0], size[1], size[2], in));
    operands.add(
        OpCase.operand(
            false, range, 2, out, perGroup, window.kernelHeight(), window.kernelWidth()));
    if (op.shift() instanceof Shift.Bias) {
      operands.add(OpCase.dense(3, out));
    } else if (op.shift() instanceof Shift.Norm) {
      operands.add(OpCase.moments(4, out));
      operands.add(OpCase.dense(5, 2, out));
    }
    if (op.residual()) {
      int height = window.outputHeight(size[1]);
      int width = window.outputWidth(size[2]);
      operands.add(OpCase.map(6, size[0], height, width, out));
    }
    return new OpCase(op, operands, terms + 1);
  }

  /** Batch norms and their gradients, with every function. */
  static List<OpCase> norms() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] row : Pairwise.rows(CHANNELS.length, FUNCTIONS.size(), 2, 5)) {
      int channels = CHANNELS[row[0]];
      int[] shape =
          switch (row[3]) {
            case 0 -> new int[] {1, 1, 1, channels};
            case 1 -> new int[] {5, 3, 7, channels};
            case 2 -> new int[] {2, 13, 2, channels};
            case 3 -> new int[] {1, channels};
            default -> new int[] {5, channels};
          };
      Optional<Activation.Function> function = FUNCTIONS.get(row[1]);
      OpCase.Operand x = OpCase.operand(true, 5, 1, shape); // reaches behind all kinks
      OpCase.Operand moments = OpCase.moments(2, channels);
      OpCase.Operand affine = OpCase.dense(3, 2, channels);
      OpCase.Operand other = OpCase.map(4, shape);
      NormActivation forward = new NormActivation(EPSILON, row[2] == 1, function);
      cases.add(
          forward.residual()
              ? OpCase.of(forward, 1, x, moments, affine, other)
              : OpCase.of(forward, 1, x, moments, affine));
      if (function.isPresent()) {
        int count = x.shape().size() / channels;
        OpCase.Operand sums = OpCase.operand(false, count / 2f, 5, 2, channels);
        cases.add(
            OpCase.of(
                new NormActivation.AffineGradient(EPSILON, function.get()),
                count,
                other,
                x,
                moments,
                affine));
        cases.add(
            OpCase.of(
                new NormActivation.InputGradient(EPSILON, row[2] == 1, function.get()),
                1,
                other,
                x,
                moments,
                affine,
                sums));
      }
    }
    return cases;
  }
}
