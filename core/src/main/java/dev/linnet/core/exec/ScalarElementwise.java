package dev.linnet.core.exec;

import dev.linnet.core.graph.Dropout;

/**
 * Reference elementwise operations. One slice an image for feature maps; dense values of any rank
 * are one row.
 */
final class ScalarElementwise {
  private ScalarElementwise() {}

  /** A function of one element. */
  interface Unary {
    float apply(float x);
  }

  /** A function of two elements. */
  interface Binary {
    float apply(float a, float b);
  }

  /** Whether a value is walked as one dense row: weights, vectors, scalars. */
  private static boolean row(OpKey key) {
    return key.output().isDense() && key.inputs().stream().allMatch(l -> l.equals(key.output()));
  }

  static HostKernel unary(OpKey key, Unary f) {
    Layout x = key.input(0);
    Layout y = key.output();
    if (row(key)) {
      return new SlicedKernel(
          1,
          (args, slice) -> {
            for (int i = 0; i < y.floats(); i++) {
              args.out()[i] = f.apply(args.in(0)[i]);
            }
          });
    }
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          for (int h = 0; h < y.height(); h++) {
            for (int w = 0; w < y.width(); w++) {
              int from = x.index(n, h, w);
              int to = y.index(n, h, w);
              for (int c = 0; c < y.channels(); c++) {
                args.out()[to + c] = f.apply(args.in(0)[from + c]);
              }
            }
          }
        });
  }

  /**
   * Also with b broadcast over space ({@code [N, 1, 1, C]}) or over batch and space ({@code [C]}).
   */
  static HostKernel binary(OpKey key, Binary f) {
    Layout a = key.input(0);
    Layout b = key.input(1);
    Layout y = key.output();
    if (row(key)) {
      return new SlicedKernel(
          1,
          (args, slice) -> {
            for (int i = 0; i < y.floats(); i++) {
              args.out()[i] = f.apply(args.in(0)[i], args.in(1)[i]);
            }
          });
    }
    boolean vector = b.shape().rank() == 1;
    boolean broadcast = !b.shape().equals(y.shape());
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          for (int h = 0; h < y.height(); h++) {
            for (int w = 0; w < y.width(); w++) {
              int first = a.index(n, h, w);
              int second = vector ? 0 : broadcast ? b.index(n, 0, 0) : b.index(n, h, w);
              int to = y.index(n, h, w);
              for (int c = 0; c < y.channels(); c++) {
                args.out()[to + c] = f.apply(args.in(0)[first + c], args.in(1)[second + c]);
              }
            }
          }
        });
  }

  static HostKernel gateGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout gate = key.output();
    return new SlicedKernel(
        gate.batch(),
        (args, n) -> {
          for (int c = 0; c < gate.channels(); c++) {
            double sum = 0;
            for (int h = 0; h < x.height(); h++) {
              for (int w = 0; w < x.width(); w++) {
                sum += args.in(0)[dy.index(n, h, w) + c] * args.in(1)[x.index(n, h, w) + c];
              }
            }
            args.out()[gate.index(n, 0, 0) + c] = (float) sum;
          }
        });
  }

  static HostKernel dropout(Dropout dropout, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          int element = n * y.height() * y.width() * y.channels();
          for (int h = 0; h < y.height(); h++) {
            for (int w = 0; w < y.width(); w++) {
              int from = x.index(n, h, w);
              int to = y.index(n, h, w);
              for (int c = 0; c < y.channels(); c++) {
                float factor = dropout.factor(args.in(1)[0], args.in(1)[1], element++);
                args.out()[to + c] = args.in(0)[from + c] * factor;
              }
            }
          }
        });
  }
}
