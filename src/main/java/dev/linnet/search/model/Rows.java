package dev.linnet.search.model;

import java.util.List;

/** Sums of long rows, in loops that the compiler turns into vector instructions. */
final class Rows {
  /** Rows that are added in one pass. */
  static final int BLOCK = 4;

  private Rows() {}

  /**
   * Adds {@code sign · Σ factors[first + i] · rows[first + i]} over {@value #BLOCK} rows.
   *
   * @param sum modified, its first {@code size} entries
   */
  static void add(
      float[] sum, int size, double[] factors, int first, int sign, List<float[]> rows) {
    float fa = sign * (float) factors[first];
    float fb = sign * (float) factors[first + 1];
    float fc = sign * (float) factors[first + 2];
    float fd = sign * (float) factors[first + 3];
    float[] a = rows.get(first);
    float[] b = rows.get(first + 1);
    float[] c = rows.get(first + 2);
    float[] d = rows.get(first + 3);
    for (int j = 0; j < size; j++) {
      sum[j] += fa * a[j] + fb * b[j] + (fc * c[j] + fd * d[j]);
    }
  }

  /**
   * Adds {@code factor · row}.
   *
   * @param sum modified, its first {@code size} entries
   */
  static void add(float[] sum, int size, double factor, float[] row) {
    float f = (float) factor;
    for (int j = 0; j < size; j++) {
      sum[j] += f * row[j];
    }
  }
}
