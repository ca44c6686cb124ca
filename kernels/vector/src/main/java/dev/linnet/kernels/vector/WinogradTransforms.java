package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link Winograd} and {@link WinogradWeightGradient} before and behind their
 * products, for the points 0, ±√½, ±√2 and infinity. In one dimension, six lines of input and six
 * products,
 *
 * <pre>
 *   v0 = d0 − 2½·d2 + d4                     y0 = m0 + (m1 + m2) + (m3 + m4)
 *   v1, v2 = (d4 − 2·d2) ± √½·(d3 − 2·d1)    y1 = √½·(m1 − m2) + √2·(m3 − m4)
 *   v3, v4 = (d4 − ½·d2) ± √2·(d3 − ½·d1)    y2 = ½·(m1 + m2) + 2·(m3 + m4)
 *   v5 = d1 − 2½·d3 + d5                     y3 = √⅛·(m1 − m2) + √8·(m3 − m4) + m5
 * </pre>
 *
 * Vectors lie along channels.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float ROOT_TWO = (float) Math.sqrt(2);
  private static final float ROOT_EIGHTH = (float) Math.sqrt(0.125);
  private static final float ROOT_EIGHT = (float) Math.sqrt(8);

  private static final float THIRD = 1 / 3f;
  private static final float TWO_THIRDS = 2 / 3f;
  private static final float SIXTH = 1 / 6f;
  private static final float THIRD_OF_ROOT_TWO = (float) (Math.sqrt(2) / 3);
  private static final float SIXTH_OF_ROOT_TWO = (float) (Math.sqrt(2) / 6);

  private WinogradTransforms() {}

  /**
   * Three rows of weights of {@code count} floats each, a multiple of those of a vector, to six,
   *
   * <pre>
   *   u0 = w0    u1, u2 = −(⅔·w0 + ⅓·w2) ∓ ⅓√2·w1    u3, u4 = (⅙·w0 + ⅓·w2) ± ⅙√2·w1    u5 = w2
   * </pre>
   *
   * @param step floats from row to row of w
   * @param to receives six rows, {@code toStep} floats apart
   */
  static void weights(float[] w, int wo, int step, float[] u, int to, int toStep, int count) {
    FloatVector third = FloatVector.broadcast(S, THIRD);
    FloatVector twoThirds = FloatVector.broadcast(S, TWO_THIRDS);
    FloatVector sixth = FloatVector.broadcast(S, SIXTH);
    FloatVector a = FloatVector.broadcast(S, THIRD_OF_ROOT_TWO);
    FloatVector b = FloatVector.broadcast(S, SIXTH_OF_ROOT_TWO);
    int i = 0;
    do {
      int from = wo + i;
      int o = to + i;
      FloatVector w0 = FloatVector.fromArray(S, w, from);
      FloatVector w1 = FloatVector.fromArray(S, w, from + step);
      FloatVector w2 = FloatVector.fromArray(S, w, from + 2 * step);
      w0.intoArray(u, o);
      w2.intoArray(u, o + 5 * toStep);
      FloatVector outer = w2.mul(third);
      FloatVector e = w0.fma(twoThirds, outer).neg();
      FloatVector f = w1.mul(a);
      e.sub(f).intoArray(u, o + toStep);
      e.add(f).intoArray(u, o + 2 * toStep);
      FloatVector g = w0.fma(sixth, outer);
      FloatVector h = w1.mul(b);
      g.add(h).intoArray(u, o + 3 * toStep);
      g.sub(h).intoArray(u, o + 4 * toStep);
      i += LANES;
    } while (i < count);
  }

  /**
   * Down the columns: six rows of {@code count} floats each, at least as many as a vector has.
   *
   * @param step floats from row to row of x
   * @param to receives six rows, {@code toStep} floats apart
   */
  static void rows(float[] x, int xo, int step, float[] y, int to, int toStep, int count) {
    FloatVector a = FloatVector.broadcast(S, ROOT_HALF);
    FloatVector b = FloatVector.broadcast(S, ROOT_TWO);
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    FloatVector two = FloatVector.broadcast(S, -2);
    FloatVector both = FloatVector.broadcast(S, -2.5f);
    int i = 0;
    do {
      int at = Math.min(i, count - LANES);
      int from = xo + at;
      FloatVector d0 = FloatVector.fromArray(S, x, from);
      FloatVector d1 = FloatVector.fromArray(S, x, from + step);
      FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * step);
      FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * step);
      FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * step);
      FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * step);
      int o = to + at;
      both.fma(d2, d0.add(d4)).intoArray(y, o);
      both.fma(d3, d1.add(d5)).intoArray(y, o + 5 * toStep);
      FloatVector e = two.fma(d2, d4);
      FloatVector f = two.fma(d1, d3).mul(a);
      e.add(f).intoArray(y, o + toStep);
      e.sub(f).intoArray(y, o + 2 * toStep);
      FloatVector g = half.fma(d2, d4);
      FloatVector h = half.fma(d1, d3).mul(b);
      g.add(h).intoArray(y, o + 3 * toStep);
      g.sub(h).intoArray(y, o + 4 * toStep);
      i += LANES;
    } while (i < count);
  }

  /**
   * Along a row, six pixels a tile.
   *
   * @param pixel floats from pixel to pixel of x
   * @param count channels: at least as many as a vector has, at most {@code pixel}
   * @param tiles how many, four pixels of x apart
   * @param to receives six runs of channels a tile, {@code width} floats apart
   * @param tile floats from tile to tile
   */
  static void columns(
      float[] x, int xo, int pixel, int count, int tiles, float[] y, int to, int width, int tile) {
    FloatVector a = FloatVector.broadcast(S, ROOT_HALF);
    FloatVector b = FloatVector.broadcast(S, ROOT_TWO);
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    FloatVector two = FloatVector.broadcast(S, -2);
    FloatVector both = FloatVector.broadcast(S, -2.5f);
    int t = 0;
    do {
      int i = 0;
      do {
        int at = Math.min(i, count - LANES);
        int from = xo + at;
        FloatVector d0 = FloatVector.fromArray(S, x, from);
        FloatVector d1 = FloatVector.fromArray(S, x, from + pixel);
        FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * pixel);
        FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * pixel);
        FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * pixel);
        FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * pixel);
        int o = to + at;
        both.fma(d2, d0.add(d4)).intoArray(y, o);
        both.fma(d3, d1.add(d5)).intoArray(y, o + 5 * width);
        FloatVector e = two.fma(d2, d4);
        FloatVector f = two.fma(d1, d3).mul(a);
        e.add(f).intoArray(y, o + width);
        e.sub(f).intoArray(y, o + 2 * width);
        FloatVector g = half.fma(d2, d4);
        FloatVector h = half.fma(d1, d3).mul(b);
        g.add(h).intoArray(y, o + 3 * width);
        g.sub(h).intoArray(y, o + 4 * width);
        i += LANES;
      } while (i < count);
      xo += 4 * pixel;
      to += tile;
    } while (++t < tiles);
  }

  /**
   * Down the products of one tile, six rows that lie behind one another.
   *
   * @param y receives four such rows
   * @param row floats of a row, a multiple of those of a vector
   */
  static void rowsBack(float[] x, int xo, float[] y, int yo, int row) {
    FloatVector a = FloatVector.broadcast(S, ROOT_HALF);
    FloatVector b = FloatVector.broadcast(S, ROOT_TWO);
    FloatVector a3 = FloatVector.broadcast(S, ROOT_EIGHTH);
    FloatVector b3 = FloatVector.broadcast(S, ROOT_EIGHT);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    int i = 0;
    do {
      int from = xo + i;
      FloatVector m1 = FloatVector.fromArray(S, x, from + row);
      FloatVector m2 = FloatVector.fromArray(S, x, from + 2 * row);
      FloatVector m3 = FloatVector.fromArray(S, x, from + 3 * row);
      FloatVector m4 = FloatVector.fromArray(S, x, from + 4 * row);
      FloatVector p = m1.add(m2);
      FloatVector q = m1.sub(m2);
      FloatVector r = m3.add(m4);
      FloatVector s = m3.sub(m4);
      int to = yo + i;
      FloatVector.fromArray(S, x, from).add(p.add(r)).intoArray(y, to);
      a.fma(q, b.mul(s)).intoArray(y, to + row);
      half.fma(p, r.add(r)).intoArray(y, to + 2 * row);
      a3.fma(q, b3.fma(s, FloatVector.fromArray(S, x, from + 5 * row))).intoArray(y, to + 3 * row);
      i += LANES;
    } while (i < row);
  }

  /**
   * Along four rows of six runs of channels that lie behind one another: the pixels of one tile.
   *
   * @param run floats of a run, a multiple of those of a vector
   * @param row floats from row to row of y
   * @param pixel floats from pixel to pixel of y
   * @param room floats of a pixel, at least as many as a vector has: the last vector ends with them
   */
  static void columnsBack(
      float[] x, int xo, int run, float[] y, int yo, int row, int pixel, int room) {
    FloatVector a = FloatVector.broadcast(S, ROOT_HALF);
    FloatVector b = FloatVector.broadcast(S, ROOT_TWO);
    FloatVector a3 = FloatVector.broadcast(S, ROOT_EIGHTH);
    FloatVector b3 = FloatVector.broadcast(S, ROOT_EIGHT);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    int n = 0;
    do {
      int i = 0;
      do {
        int from = xo + i;
        FloatVector m1 = FloatVector.fromArray(S, x, from + run);
        FloatVector m2 = FloatVector.fromArray(S, x, from + 2 * run);
        FloatVector m3 = FloatVector.fromArray(S, x, from + 3 * run);
        FloatVector m4 = FloatVector.fromArray(S, x, from + 4 * run);
        FloatVector p = m1.add(m2);
        FloatVector q = m1.sub(m2);
        FloatVector r = m3.add(m4);
        FloatVector s = m3.sub(m4);
        int to = yo + Math.min(i, room - LANES);
        FloatVector.fromArray(S, x, from).add(p.add(r)).intoArray(y, to);
        a.fma(q, b.mul(s)).intoArray(y, to + pixel);
        half.fma(p, r.add(r)).intoArray(y, to + 2 * pixel);
        a3.fma(q, b3.fma(s, FloatVector.fromArray(S, x, from + 5 * run)))
            .intoArray(y, to + 3 * pixel);
        i += LANES;
      } while (i < run);
      xo += 6 * run;
      yo += row;
    } while (++n < 4);
  }

  /**
   * The gradient of y down the columns, the transposed of {@link #rowsBack}: four rows of {@code
   * count} floats each, at least as many as a vector has, to six,
   *
   * <pre>
   *   m0 = d0    m1, m2 = (d0 + ½·d2) ± (√½·d1 + √⅛·d3)
   *   m5 = d3    m3, m4 = (d0 + 2·d2) ± (√2·d1 + √8·d3)
   * </pre>
   *
   * @param step floats from row to row of d
   * @param to receives six rows, {@code toStep} floats apart
   */
  static void gradientRows(
      float[] d, int from, int step, float[] m, int to, int toStep, int count) {
    FloatVector a = FloatVector.broadcast(S, ROOT_HALF);
    FloatVector b = FloatVector.broadcast(S, ROOT_TWO);
    FloatVector a3 = FloatVector.broadcast(S, ROOT_EIGHTH);
    FloatVector b3 = FloatVector.broadcast(S, ROOT_EIGHT);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector two = FloatVector.broadcast(S, 2);
    int i = 0;
    do {
      int at = from + Math.min(i, count - LANES);
      int o = to + Math.min(i, count - LANES);
      FloatVector d0 = FloatVector.fromArray(S, d, at);
      FloatVector d1 = FloatVector.fromArray(S, d, at + step);
      FloatVector d2 = FloatVector.fromArray(S, d, at + 2 * step);
      FloatVector d3 = FloatVector.fromArray(S, d, at + 3 * step);
      d0.intoArray(m, o);
      d3.intoArray(m, o + 5 * toStep);
      FloatVector e = half.fma(d2, d0);
      FloatVector f = a.fma(d1, a3.mul(d3));
      e.add(f).intoArray(m, o + toStep);
      e.sub(f).intoArray(m, o + 2 * toStep);
      FloatVector g = two.fma(d2, d0);
      FloatVector h = b.fma(d1, b3.mul(d3));
      g.add(h).intoArray(m, o + 3 * toStep);
      g.sub(h).intoArray(m, o + 4 * toStep);
      i += LANES;
    } while (i < count);
  }

  /**
   * The same along a row, four pixels a tile.
   *
   * @param pixel floats from pixel to pixel of d, at least as many as a vector has
   * @param tiles how many, four pixels of d apart
   * @param to receives six runs of {@code pixel} floats a tile, behind one another
   * @param tile floats from tile to tile
   */
  static void gradientColumns(
      float[] d, int from, int pixel, int tiles, float[] m, int to, int tile) {
    for (int t = 0; t < tiles; t++) {
      gradientRows(d, from + 4 * t * pixel, pixel, m, to + t * tile, pixel, pixel);
    }
  }

  /**
   * Six rows of sums of products of {@code count} floats each, a multiple of those of a vector, to
   * three rows of the gradient of weights, the transposed of {@link #weights}:
   *
   * <pre>
   *   g0 = m0 − ⅔·(m1 + m2) + ⅙·(m3 + m4)    g1 = ⅓√2·(m2 − m1) + ⅙√2·(m3 − m4)
   *   g2 = m5 − ⅓·(m1 + m2) + ⅓·(m3 + m4)
   * </pre>
   *
   * @param row floats from row to row of m and of g
   */
  static void weightsBack(float[] m, int from, float[] g, int to, int row, int count) {
    FloatVector third = FloatVector.broadcast(S, THIRD);
    FloatVector twoThirds = FloatVector.broadcast(S, TWO_THIRDS);
    FloatVector sixth = FloatVector.broadcast(S, SIXTH);
    FloatVector a = FloatVector.broadcast(S, THIRD_OF_ROOT_TWO);
    FloatVector b = FloatVector.broadcast(S, SIXTH_OF_ROOT_TWO);
    int i = 0;
    do {
      int at = from + i;
      FloatVector m1 = FloatVector.fromArray(S, m, at + row);
      FloatVector m2 = FloatVector.fromArray(S, m, at + 2 * row);
      FloatVector m3 = FloatVector.fromArray(S, m, at + 3 * row);
      FloatVector m4 = FloatVector.fromArray(S, m, at + 4 * row);
      FloatVector p = m1.add(m2);
      FloatVector r = m3.add(m4);
      FloatVector first = FloatVector.fromArray(S, m, at).sub(p.mul(twoThirds));
      FloatVector last = FloatVector.fromArray(S, m, at + 5 * row).add(r.sub(p).mul(third));
      sixth.fma(r, first).intoArray(g, to + i);
      a.fma(m2.sub(m1), b.mul(m3.sub(m4))).intoArray(g, to + i + row);
      last.intoArray(g, to + i + 2 * row);
      i += LANES;
    } while (i < count);
  }
}
