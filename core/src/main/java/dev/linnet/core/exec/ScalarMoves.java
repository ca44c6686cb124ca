package dev.linnet.core.exec;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;

/** Reference operations that only move values. */
final class ScalarMoves {
  private ScalarMoves() {}

  /** Copies the parts that were not computed where they belong, see {@link Slices}. */
  static HostKernel concat(OpKey key) {
    Layout y = key.output();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          int offset = 0;
          for (int i = 0; i < args.size(); i++) {
            Layout x = key.input(i);
            if (!x.isSlice()) {
              copyChannels(x, args.in(i), 0, y, args.out(), offset, x.channels(), n);
            }
            offset += x.channels();
          }
        });
  }

  static HostKernel channels(int from, OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> copyChannels(dy, args.in(0), from, dx, args.out(), 0, dx.channels(), n));
  }

  private static void copyChannels(
      Layout x, float[] in, int from, Layout y, float[] out, int to, int channels, int n) {
    for (int h = 0; h < y.height(); h++) {
      for (int w = 0; w < y.width(); w++) {
        System.arraycopy(in, x.index(n, h, w) + from, out, y.index(n, h, w) + to, channels);
      }
    }
  }

  /** Between {@code [N, H, W, C]} and {@code [N, H·W·C]}, either way. */
  static HostKernel reshape(OpKey key) {
    boolean flatten = key.input(0).shape().rank() == 4;
    Layout image = flatten ? key.input(0) : key.output();
    Layout row = flatten ? key.output() : key.input(0);
    return new SlicedKernel(
        image.batch(),
        (args, n) -> {
          int at = row.index(n, 0, 0);
          for (int h = 0; h < image.height(); h++) {
            for (int w = 0; w < image.width(); w++, at += image.channels()) {
              int pixel = image.index(n, h, w);
              int from = flatten ? pixel : at;
              int to = flatten ? at : pixel;
              System.arraycopy(args.in(0), from, args.out(), to, image.channels());
            }
          }
        });
  }

  /** Between a stored tensor and its leading slice, either way; dense on both sides. */
  static HostKernel leadingSlice(OpKey key) {
    Shape in = key.input(0).shape();
    Shape out = key.output().shape();
    boolean widen = out.size() > in.size();
    int[] from = starts(in, widen ? in : out);
    int[] to = starts(out, widen ? in : out);
    int run = (widen ? in : out).dim(-1);
    return new SlicedKernel(
        1,
        (args, slice) -> {
          if (widen) {
            Arrays.fill(args.out(), 0, out.size(), 0);
          }
          for (int i = 0; i < from.length; i++) {
            System.arraycopy(args.in(0), from[i], args.out(), to[i], run);
          }
        });
  }

  /**
   * Where in a tensor of shape {@code whole} each innermost row of the leading {@code part} starts.
   */
  private static int[] starts(Shape whole, Shape part) {
    int[] result = new int[part.size() / part.dim(-1)];
    for (int i = 0; i < result.length; i++) {
      int rest = i;
      int stride = whole.dim(-1);
      for (int axis = part.rank() - 2; axis >= 0; axis--) {
        result[i] += rest % part.dim(axis) * stride;
        rest /= part.dim(axis);
        stride *= whole.dim(axis);
      }
    }
    return result;
  }
}
