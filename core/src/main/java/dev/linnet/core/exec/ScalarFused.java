package dev.linnet.core.exec;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Fused;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.NormActivation;

/**
 * Reference kernels of fused operations. They round where the operations that they stand for do, so
 * that their results are the same to the bit.
 */
final class ScalarFused {
  private ScalarFused() {}

  static HostKernel of(Fused op, OpKey key) {
    if (op instanceof FusedConv2d conv) {
      return convolution(conv, key);
    } else if (op instanceof NormActivation norm) {
      return normActivation(norm, key);
    } else if (op instanceof NormActivation.AffineGradient gradient) {
      return affineGradient(gradient, key);
    } else if (op instanceof NormActivation.InputGradient gradient) {
      return inputGradient(gradient, key);
    }
    throw new IllegalArgumentException("the scalar backend has no kernel for " + op.label());
  }

  /** One slice an image: the convolution, then all else on its result. */
  private static HostKernel convolution(FusedConv2d op, OpKey key) {
    HostKernel conv = ScalarConvolutions.forward(op.conv(), key);
    Layout y = key.output();
    int channels = y.channels();
    Layout residual = op.residual() ? key.input(op.residualIndex()) : null;
    Function function = op.function().orElse(null);
    boolean bias = op.shift() instanceof FusedConv2d.Shift.Bias;
    FusedConv2d.Shift.Norm norm = op.shift() instanceof FusedConv2d.Shift.Norm n ? n : null;
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          conv.run(args, 0, n);
          float[] out = args.out();
          for (int c = 0; c < channels; c++) {
            float mean = norm == null ? 0 : args.in(2)[c];
            float scale =
                norm == null ? 1 : scale(args.in(2), args.in(3), c, channels, norm.epsilon());
            float shift = norm != null ? args.in(3)[channels + c] : bias ? args.in(2)[c] : 0;
            for (int h = 0; h < y.height(); h++) {
              for (int w = 0; w < y.width(); w++) {
                int at = y.index(n, h, w) + c;
                float value = out[at];
                if (norm != null) {
                  value = (value - mean) * scale + shift;
                } else if (bias) {
                  value += shift;
                }
                if (residual != null) {
                  value += args.in(op.residualIndex())[residual.index(n, h, w) + c];
                }
                out[at] = function == null ? value : function.apply(value);
              }
            }
          }
        });
  }

  /** γ / √(variance + ε) of channel c of so many. */
  private static float scale(float[] moments, float[] affine, int c, int channels, float epsilon) {
    return affine[c] * ScalarNorms.inverse(moments[channels + c], epsilon);
  }

  /** One slice a channel. */
  private static HostKernel normActivation(NormActivation op, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    int channels = x.channels();
    Layout residual = op.residual() ? key.input(op.residualIndex()) : null;
    Function function = op.function().orElse(null);
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(1)[c];
          float scale = scale(args.in(1), args.in(2), c, channels, op.epsilon());
          float shift = args.in(2)[channels + c];
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                float value = (args.in(0)[x.index(n, h, w) + c] - mean) * scale + shift;
                if (residual != null) {
                  value += args.in(op.residualIndex())[residual.index(n, h, w) + c];
                }
                args.out()[y.index(n, h, w) + c] = function == null ? value : function.apply(value);
              }
            }
          }
        });
  }

  private static HostKernel affineGradient(NormActivation.AffineGradient op, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int channels = x.channels();
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(2)[c];
          float inverse = ScalarNorms.inverse(args.in(2)[channels + c], op.epsilon());
          float scale = args.in(3)[c] * inverse;
          float shift = args.in(3)[channels + c];
          double gamma = 0;
          double beta = 0;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                float centred = args.in(1)[x.index(n, h, w) + c] - mean;
                float slope = op.function().slope(centred * scale + shift);
                float g = args.in(0)[dy.index(n, h, w) + c] * slope;
                gamma += g * (centred * inverse);
                beta += g;
              }
            }
          }
          args.out()[c] = (float) gamma;
          args.out()[channels + c] = (float) beta;
        });
  }

  private static HostKernel inputGradient(NormActivation.InputGradient op, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout dx = key.output();
    int channels = x.channels();
    float perElement = op.training() ? (float) channels / x.shape().size() : 0;
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(2)[c];
          float inverse = ScalarNorms.inverse(args.in(2)[channels + c], op.epsilon());
          float scale = args.in(3)[c] * inverse;
          float shift = args.in(3)[channels + c];
          float gamma = args.in(4)[c] * perElement;
          float beta = args.in(4)[channels + c] * perElement;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                float centred = args.in(1)[x.index(n, h, w) + c] - mean;
                float slope = op.function().slope(centred * scale + shift);
                float g = args.in(0)[dy.index(n, h, w) + c] * slope;
                args.out()[dx.index(n, h, w) + c] = scale * (g - beta - centred * inverse * gamma);
              }
            }
          }
        });
  }
}
