package dev.linnet.core.exec;

import dev.linnet.core.graph.BatchNorm;

/** Reference batch norm and the other sums over batch and space; one slice a channel. */
final class ScalarNorms {
  private ScalarNorms() {}

  static HostKernel moments(OpKey key) {
    Layout x = key.input(0);
    int channels = x.channels();
    int count = x.shape().size() / channels;
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float[] in = args.in(0);
          double sum = 0;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                sum += in[x.index(n, h, w) + c];
              }
            }
          }
          double mean = sum / count;
          double squares = 0;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                double centred = in[x.index(n, h, w) + c] - mean;
                squares += centred * centred;
              }
            }
          }
          args.out()[c] = (float) mean;
          args.out()[channels + c] = (float) (squares / count);
        });
  }

  static HostKernel normalize(BatchNorm norm, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    int channels = x.channels();
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(1)[c];
          float scale = args.in(2)[c] * inverse(args.in(1)[channels + c], norm.epsilon());
          float shift = args.in(2)[channels + c];
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                args.out()[y.index(n, h, w) + c] =
                    (args.in(0)[x.index(n, h, w) + c] - mean) * scale + shift;
              }
            }
          }
        });
  }

  /** {@code 1 / √(variance + ε)}. */
  static float inverse(float variance, float epsilon) {
    return (float) (1 / Math.sqrt(variance + epsilon));
  }

  static HostKernel affineGradient(BatchNorm.AffineGradient gradient, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int channels = x.channels();
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(2)[c];
          float inverse = inverse(args.in(2)[channels + c], gradient.epsilon());
          double gamma = 0;
          double beta = 0;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                float d = args.in(0)[dy.index(n, h, w) + c];
                gamma += d * ((args.in(1)[x.index(n, h, w) + c] - mean) * inverse);
                beta += d;
              }
            }
          }
          args.out()[c] = (float) gamma;
          args.out()[channels + c] = (float) beta;
        });
  }

  static HostKernel inputGradient(BatchNorm.InputGradient gradient, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout dx = key.output();
    int channels = x.channels();
    float perElement = gradient.training() ? (float) channels / x.shape().size() : 0;
    return new SlicedKernel(
        channels,
        (args, c) -> {
          float mean = args.in(2)[c];
          float inverse = inverse(args.in(2)[channels + c], gradient.epsilon());
          float scale = args.in(3)[c] * inverse;
          float gamma = args.in(4)[c] * perElement;
          float beta = args.in(4)[channels + c] * perElement;
          for (int n = 0; n < x.batch(); n++) {
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                float normalized = (args.in(1)[x.index(n, h, w) + c] - mean) * inverse;
                args.out()[dx.index(n, h, w) + c] =
                    scale * (args.in(0)[dy.index(n, h, w) + c] - beta - normalized * gamma);
              }
            }
          }
        });
  }

  static HostKernel biasGradient(OpKey key) {
    Layout dy = key.input(0);
    return new SlicedKernel(
        dy.channels(),
        (args, c) -> {
          double sum = 0;
          for (int n = 0; n < dy.batch(); n++) {
            for (int h = 0; h < dy.height(); h++) {
              for (int w = 0; w < dy.width(); w++) {
                sum += args.in(0)[dy.index(n, h, w) + c];
              }
            }
          }
          args.out()[c] = (float) sum;
        });
  }
}
