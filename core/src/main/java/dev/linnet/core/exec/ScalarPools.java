package dev.linnet.core.exec;

import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Window;

/** Reference pooling; one slice an image. */
final class ScalarPools {
  private ScalarPools() {}

  static HostKernel max(Window window, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          for (int p = 0; p < y.height(); p++) {
            for (int q = 0; q < y.width(); q++) {
              for (int c = 0; c < y.channels(); c++) {
                int at = largest(window, x, args.in(0), n, p, q, c);
                args.out()[y.index(n, p, q) + c] =
                    at < 0 ? Float.NEGATIVE_INFINITY : args.in(0)[at];
              }
            }
          }
        });
  }

  /** The position of the first largest value under a window; below 0 where all of it is padding. */
  private static int largest(Window window, Layout x, float[] in, int n, int p, int q, int c) {
    int best = -1;
    for (int i = 0; i < window.kernelHeight(); i++) {
      int row = p * window.strideHeight() + i * window.dilationHeight() - window.top();
      for (int j = 0; j < window.kernelWidth(); j++) {
        int column = q * window.strideWidth() + j * window.dilationWidth() - window.left();
        if (ScalarConvolutions.inside(x, row, column)) {
          int at = x.index(n, row, column) + c;
          if (best < 0 || in[at] > in[best]) {
            best = at;
          }
        }
      }
    }
    return best;
  }

  static HostKernel maxGradient(Window window, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout dx = key.output();
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> {
          clear(dx, args.out(), n);
          for (int p = 0; p < dy.height(); p++) {
            for (int q = 0; q < dy.width(); q++) {
              for (int c = 0; c < dy.channels(); c++) {
                int at = largest(window, x, args.in(1), n, p, q, c);
                if (at >= 0) {
                  args.out()[translate(x, dx, n, at)] += args.in(0)[dy.index(n, p, q) + c];
                }
              }
            }
          }
        });
  }

  /** The position in layout {@code to} of the element of image n at {@code at} in {@code from}. */
  private static int translate(Layout from, Layout to, int n, int at) {
    int rest = at - n * from.imageStride();
    int row = rest / from.rowStride() - from.border();
    int column = rest % from.rowStride() / from.channelStride() - from.border();
    return to.index(n, row, column) + rest % from.channelStride();
  }

  static HostKernel average(AvgPool2d pool, OpKey key) {
    Window window = pool.window();
    Layout x = key.input(0);
    Layout y = key.output();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          for (int p = 0; p < y.height(); p++) {
            int top = p * window.strideHeight() - window.top();
            for (int q = 0; q < y.width(); q++) {
              int left = q * window.strideWidth() - window.left();
              float scale = 1f / counted(pool, x, top, left);
              for (int c = 0; c < y.channels(); c++) {
                double sum = 0;
                for (int i = top; i < top + window.kernelHeight(); i++) {
                  for (int j = left; j < left + window.kernelWidth(); j++) {
                    sum +=
                        ScalarConvolutions.inside(x, i, j) ? args.in(0)[x.index(n, i, j) + c] : 0;
                  }
                }
                args.out()[y.index(n, p, q) + c] = (float) (sum * scale);
              }
            }
          }
        });
  }

  /** The divisor of the window whose first tap is at (top, left). */
  private static int counted(AvgPool2d pool, Layout x, int top, int left) {
    Window window = pool.window();
    if (pool.countPadding()) {
      return window.taps();
    }
    int rows = Math.min(top + window.kernelHeight(), x.height()) - Math.max(top, 0);
    int columns = Math.min(left + window.kernelWidth(), x.width()) - Math.max(left, 0);
    return Math.max(1, rows * columns);
  }

  static HostKernel averageGradient(AvgPool2d pool, OpKey key) {
    Window window = pool.window();
    Layout dy = key.input(0);
    Layout dx = key.output();
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> {
          clear(dx, args.out(), n);
          for (int p = 0; p < dy.height(); p++) {
            int top = p * window.strideHeight() - window.top();
            for (int q = 0; q < dy.width(); q++) {
              int left = q * window.strideWidth() - window.left();
              float scale = 1f / counted(pool, dx, top, left);
              for (int i = top; i < top + window.kernelHeight(); i++) {
                for (int j = left; j < left + window.kernelWidth(); j++) {
                  if (ScalarConvolutions.inside(dx, i, j)) {
                    for (int c = 0; c < dx.channels(); c++) {
                      args.out()[dx.index(n, i, j) + c] +=
                          args.in(0)[dy.index(n, p, q) + c] * scale;
                    }
                  }
                }
              }
            }
          }
        });
  }

  static HostKernel global(OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    return new SlicedKernel(
        x.batch(),
        (args, n) -> {
          for (int c = 0; c < x.channels(); c++) {
            double sum = 0;
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                sum += args.in(0)[x.index(n, h, w) + c];
              }
            }
            args.out()[y.index(n, 0, 0) + c] = (float) (sum / (x.height() * x.width()));
          }
        });
  }

  static HostKernel globalGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    float scale = 1f / (dx.height() * dx.width());
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> {
          for (int h = 0; h < dx.height(); h++) {
            for (int w = 0; w < dx.width(); w++) {
              for (int c = 0; c < dx.channels(); c++) {
                args.out()[dx.index(n, h, w) + c] = args.in(0)[dy.index(n, 0, 0) + c] * scale;
              }
            }
          }
        });
  }

  private static void clear(Layout layout, float[] out, int n) {
    for (int h = 0; h < layout.height(); h++) {
      int from = layout.index(n, h, 0);
      java.util.Arrays.fill(out, from, from + layout.width() * layout.channelStride(), 0);
    }
  }
}
