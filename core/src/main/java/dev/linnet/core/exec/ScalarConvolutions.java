package dev.linnet.core.exec;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Window;

/** Reference convolutions: the formulas of {@link Conv2d}, with sums in double. */
final class ScalarConvolutions {
  private ScalarConvolutions() {}

  /** One slice an image. */
  static HostKernel forward(Conv2d conv, OpKey key) {
    Window window = conv.window();
    Layout x = key.input(0);
    Layout w = key.input(1);
    Layout y = key.output();
    int perGroup = w.shape().dim(1);
    int outputsPerGroup = y.channels() / conv.groups();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          float[] in = args.in(0);
          float[] weights = args.in(1);
          float[] out = args.out();
          for (int p = 0; p < y.height(); p++) {
            for (int q = 0; q < y.width(); q++) {
              int to = y.index(n, p, q);
              for (int o = 0; o < y.channels(); o++) {
                int first = o / outputsPerGroup * perGroup; // the first input channel of o's group
                double sum = 0;
                for (int i = 0; i < window.kernelHeight(); i++) {
                  int row = p * window.strideHeight() + i * window.dilationHeight() - window.top();
                  for (int j = 0; j < window.kernelWidth(); j++) {
                    int column =
                        q * window.strideWidth() + j * window.dilationWidth() - window.left();
                    if (inside(x, row, column)) {
                      int from = x.index(n, row, column) + first;
                      int tap = o * perGroup * window.taps() + i * window.kernelWidth() + j;
                      for (int c = 0; c < perGroup; c++) {
                        sum += in[from + c] * weights[tap + c * window.taps()];
                      }
                    }
                  }
                }
                out[to + o] = (float) sum;
              }
            }
          }
        });
  }

  /** One slice an image; gathers what every output pixel sent to an input pixel. */
  static HostKernel inputGradient(Conv2d conv, OpKey key) {
    Window window = conv.window();
    Layout dy = key.input(0);
    Layout dx = key.output();
    int perGroup = key.input(1).shape().dim(1);
    int outputsPerGroup = dy.channels() / conv.groups();
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> {
          float[] in = args.in(0);
          float[] weights = args.in(1);
          float[] out = args.out();
          for (int h = 0; h < dx.height(); h++) {
            for (int v = 0; v < dx.width(); v++) {
              int to = dx.index(n, h, v);
              for (int c = 0; c < dx.channels(); c++) {
                int group = c / perGroup;
                double sum = 0;
                for (int i = 0; i < window.kernelHeight(); i++) {
                  int p = h + window.top() - i * window.dilationHeight();
                  for (int j = 0; j < window.kernelWidth(); j++) {
                    int q = v + window.left() - j * window.dilationWidth();
                    if (p % window.strideHeight() != 0 || q % window.strideWidth() != 0) {
                      continue;
                    }
                    int row = p / window.strideHeight();
                    int column = q / window.strideWidth();
                    if (p >= 0 && q >= 0 && inside(dy, row, column)) {
                      int from = dy.index(n, row, column);
                      int tap = c % perGroup * window.taps() + i * window.kernelWidth() + j;
                      for (int o = group * outputsPerGroup;
                          o < (group + 1) * outputsPerGroup;
                          o++) {
                        sum += in[from + o] * weights[o * perGroup * window.taps() + tap];
                      }
                    }
                  }
                }
                out[to + c] = (float) sum;
              }
            }
          }
        });
  }

  /** One slice an output channel. */
  static HostKernel weightGradient(Conv2d conv, OpKey key) {
    Window window = conv.window();
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int perGroup = key.output().shape().dim(1);
    int outputsPerGroup = dy.channels() / conv.groups();
    return new SlicedKernel(
        dy.channels(),
        (args, o) -> {
          float[] gradients = args.in(0);
          float[] in = args.in(1);
          float[] out = args.out();
          int first = o / outputsPerGroup * perGroup;
          for (int c = 0; c < perGroup; c++) {
            for (int i = 0; i < window.kernelHeight(); i++) {
              for (int j = 0; j < window.kernelWidth(); j++) {
                double sum = 0;
                for (int n = 0; n < dy.batch(); n++) {
                  for (int p = 0; p < dy.height(); p++) {
                    int row =
                        p * window.strideHeight() + i * window.dilationHeight() - window.top();
                    for (int q = 0; q < dy.width(); q++) {
                      int column =
                          q * window.strideWidth() + j * window.dilationWidth() - window.left();
                      if (inside(x, row, column)) {
                        sum +=
                            gradients[dy.index(n, p, q) + o]
                                * in[x.index(n, row, column) + first + c];
                      }
                    }
                  }
                }
                out[((o * perGroup + c) * window.kernelHeight() + i) * window.kernelWidth() + j] =
                    (float) sum;
              }
            }
          }
        });
  }

  static boolean inside(Layout layout, int row, int column) {
    return row >= 0 && row < layout.height() && column >= 0 && column < layout.width();
  }
}
