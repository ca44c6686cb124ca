package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.graph.FusedConv2d.Shift;
import java.util.List;

/**
 * What follows a convolution and is taken into its weights: {@code shift + scale · Σ x · w}. Inputs
 * of the kernel: x, weights, and those of the {@link Shift}.
 *
 * @param shift nothing, a bias, or batch norm with stored moments
 * @param channels of the output
 */
record Fold(Shift shift, int channels) {
  /** Nothing follows. */
  static final Fold NONE = new Fold(new Shift.None(), 0);

  private static final int WEIGHTS = 1;
  private static final int FIRST = 2;

  /** The inputs that it and the weights are taken from. */
  List<Integer> inputs() {
    return switch (shift.inputs()) {
      case 0 -> List.of(WEIGHTS);
      case 1 -> List.of(WEIGHTS, FIRST);
      default -> List.of(WEIGHTS, FIRST, FIRST + 1);
    };
  }

  /** The factor of an output channel. */
  float scale(Args args, int channel) {
    if (!(shift instanceof Shift.Norm norm)) {
      return 1;
    }
    float variance = args.in(FIRST)[channels + channel];
    return (float) (args.in(FIRST + 1)[channel] / Math.sqrt(variance + norm.epsilon()));
  }

  /** What the sum of an output channel starts with. */
  float shift(Args args, int channel) {
    if (shift instanceof Shift.Norm) {
      float beta = args.in(FIRST + 1)[channels + channel];
      return beta - args.in(FIRST)[channel] * scale(args, channel);
    }
    return shift instanceof Shift.Bias ? args.in(FIRST)[channel] : 0;
  }
}
