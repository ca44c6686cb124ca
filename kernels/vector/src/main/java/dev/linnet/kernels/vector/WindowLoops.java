package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over the taps of a window, every channel by itself: pools and depthwise convolutions.
 * Arrays of feature maps have one channel stride, at least as many floats as a vector. Steps count
 * floats; {@code rows} and {@code columns} of taps are at least 1.
 */
final class WindowLoops {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  private WindowLoops() {}

  /** The largest value under a window. */
  static void max(
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] y,
      int yo,
      int stride) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      largest(x, xo + at, xRow, xColumn, rows, columns, y, yo + at);
    }
  }

  private static void largest(
      float[] x, int xo, int xRow, int xColumn, int rows, int columns, float[] y, int yo) {
    FloatVector largest = FloatVector.fromArray(S, x, xo);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        largest = largest.max(FloatVector.fromArray(S, x, i));
        i += xColumn;
      } while (++t < columns);
    } while (++r < rows);
    largest.intoArray(y, yo);
  }

  /** {@code factor} times the sum under a window. */
  static void sum(
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] y,
      int yo,
      int stride,
      float factor) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      sum(x, xo + at, xRow, xColumn, rows, columns, y, yo + at, factor);
    }
  }

  private static void sum(
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] y,
      int yo,
      float factor) {
    FloatVector sum = FloatVector.zero(S);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        sum = sum.add(FloatVector.fromArray(S, x, i));
        i += xColumn;
      } while (++t < columns);
    } while (++r < rows);
    sum.mul(factor).intoArray(y, yo);
  }

  /** Adds {@code factor · dy} to every pixel under a window. */
  static void spread(
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int dxRow,
      int dxColumn,
      int rows,
      int columns,
      int stride,
      float factor) {
    int c = 0;
    for (; c <= stride - LANES; c += LANES) {
      FloatVector add = FloatVector.fromArray(S, dy, dyo + c).mul(factor);
      for (int r = 0; r < rows; r++) {
        int i = dxo + c + r * dxRow;
        for (int t = 0; t < columns; t++, i += dxColumn) {
          FloatVector.fromArray(S, dx, i).add(add).intoArray(dx, i);
        }
      }
    }
    for (; c < stride; c++) { // sums in place: a vector that overlaps would add twice
      for (int r = 0; r < rows; r++) {
        int i = dxo + c + r * dxRow;
        for (int t = 0; t < columns; t++, i += dxColumn) {
          dx[i] += dy[dyo + c] * factor;
        }
      }
    }
  }

  /** Adds dy to the first of the largest values under a window. */
  static void toLargest(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] dx,
      int dxo,
      int dxRow,
      int dxColumn,
      int rows,
      int columns,
      int stride) {
    int c = 0;
    for (; c <= stride - LANES; c += LANES) {
      vectorToLargest(
          dy, dyo + c, x, xo + c, xRow, xColumn, dx, dxo + c, dxRow, dxColumn, rows, columns);
    }
    for (; c < stride; c++) { // sums in place: a vector that overlaps would add twice
      int best = 0;
      for (int tap = 1; tap < rows * columns; tap++) {
        int at = xo + c + tap / columns * xRow + tap % columns * xColumn;
        if (x[at] > x[xo + c + best / columns * xRow + best % columns * xColumn]) {
          best = tap;
        }
      }
      dx[dxo + c + best / columns * dxRow + best % columns * dxColumn] += dy[dyo + c];
    }
  }

  private static void vectorToLargest(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] dx,
      int dxo,
      int dxRow,
      int dxColumn,
      int rows,
      int columns) {
    FloatVector largest = FloatVector.fromArray(S, x, xo);
    FloatVector where = FloatVector.zero(S); // the number of the tap
    FloatVector number = FloatVector.zero(S);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        FloatVector value = FloatVector.fromArray(S, x, i);
        VectorMask<Float> larger = value.compare(VectorOperators.GT, largest);
        largest = largest.blend(value, larger);
        where = where.blend(number, larger);
        number = number.add(1);
        i += xColumn;
      } while (++t < columns);
    } while (++r < rows);
    FloatVector gradient = FloatVector.fromArray(S, dy, dyo);
    number = FloatVector.zero(S);
    r = 0;
    do {
      int i = dxo + r * dxRow;
      int t = 0;
      do {
        FloatVector part =
            FloatVector.zero(S).blend(gradient, where.compare(VectorOperators.EQ, number));
        FloatVector.fromArray(S, dx, i).add(part).intoArray(dx, i);
        number = number.add(1);
        i += dxColumn;
      } while (++t < columns);
    } while (++r < rows);
  }

  /**
   * A row of pixels of a depthwise convolution.
   *
   * @param xPixel from one pixel's window to the next one's
   * @param w one weight a channel for every tap, {@code [rows][columns][stride]}
   * @param yPixel from one result to the next
   */
  static void depthwise(
      float[] x,
      int xo,
      int xPixel,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int pixels,
      int stride) {
    int tile = pixels >= 8 ? 8 : pixels >= 4 ? 4 : 1;
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      for (int p = 0; p < pixels; p += tile) {
        int left = Math.min(p, pixels - tile); // the last tile overlaps the one before it
        int from = xo + at + left * xPixel;
        int to = yo + at + left * yPixel;
        if (tile == 8) {
          tile8(x, from, xPixel, xRow, xColumn, rows, columns, w, wo + at, y, to, yPixel, stride);
        } else if (tile == 4) {
          tile4(x, from, xPixel, xRow, xColumn, rows, columns, w, wo + at, y, to, yPixel, stride);
        } else {
          tile1(x, from, xRow, xColumn, rows, columns, w, wo + at, y, to, stride);
        }
      }
    }
  }

  private static void tile8(
      float[] x,
      int xo,
      int xPixel,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int stride) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        FloatVector tap = FloatVector.fromArray(S, w, wo);
        s0 = tap.fma(FloatVector.fromArray(S, x, i), s0);
        s1 = tap.fma(FloatVector.fromArray(S, x, i + xPixel), s1);
        s2 = tap.fma(FloatVector.fromArray(S, x, i + 2 * xPixel), s2);
        s3 = tap.fma(FloatVector.fromArray(S, x, i + 3 * xPixel), s3);
        s4 = tap.fma(FloatVector.fromArray(S, x, i + 4 * xPixel), s4);
        s5 = tap.fma(FloatVector.fromArray(S, x, i + 5 * xPixel), s5);
        s6 = tap.fma(FloatVector.fromArray(S, x, i + 6 * xPixel), s6);
        s7 = tap.fma(FloatVector.fromArray(S, x, i + 7 * xPixel), s7);
        i += xColumn;
        wo += stride;
      } while (++t < columns);
    } while (++r < rows);
    s0.intoArray(y, yo);
    s1.intoArray(y, yo + yPixel);
    s2.intoArray(y, yo + 2 * yPixel);
    s3.intoArray(y, yo + 3 * yPixel);
    s4.intoArray(y, yo + 4 * yPixel);
    s5.intoArray(y, yo + 5 * yPixel);
    s6.intoArray(y, yo + 6 * yPixel);
    s7.intoArray(y, yo + 7 * yPixel);
  }

  private static void tile4(
      float[] x,
      int xo,
      int xPixel,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int stride) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        FloatVector tap = FloatVector.fromArray(S, w, wo);
        s0 = tap.fma(FloatVector.fromArray(S, x, i), s0);
        s1 = tap.fma(FloatVector.fromArray(S, x, i + xPixel), s1);
        s2 = tap.fma(FloatVector.fromArray(S, x, i + 2 * xPixel), s2);
        s3 = tap.fma(FloatVector.fromArray(S, x, i + 3 * xPixel), s3);
        i += xColumn;
        wo += stride;
      } while (++t < columns);
    } while (++r < rows);
    s0.intoArray(y, yo);
    s1.intoArray(y, yo + yPixel);
    s2.intoArray(y, yo + 2 * yPixel);
    s3.intoArray(y, yo + 3 * yPixel);
  }

  private static void tile1(
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      int rows,
      int columns,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int stride) {
    FloatVector s0 = FloatVector.zero(S);
    int r = 0;
    do {
      int i = xo + r * xRow;
      int t = 0;
      do {
        FloatVector tap = FloatVector.fromArray(S, w, wo);
        s0 = tap.fma(FloatVector.fromArray(S, x, i), s0);
        i += xColumn;
        wo += stride;
      } while (++t < columns);
    } while (++r < rows);
    s0.intoArray(y, yo);
  }
}
