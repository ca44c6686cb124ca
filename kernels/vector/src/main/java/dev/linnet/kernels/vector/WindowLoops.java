package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over the taps of a window, every channel by itself: pools. Arrays of feature maps have one
 * channel stride, at least as many floats as a vector. Steps count floats; {@code rows} and {@code
 * columns} of taps are at least 1.
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
}
