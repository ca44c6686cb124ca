package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.HARD_SWISH;
import static dev.linnet.core.graph.Activation.Function.RELU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseLoops} for two vectors of channels at a time and kernels of up to
 * three taps and rows, in the way of {@link DepthwiseTemplate}. What it reads and writes of a pixel
 * are two neighbouring cache lines: from memory these come 1.7 times as fast as the two vectors
 * after each other, whose every pixel is a line far from the last one.
 *
 * <p>{@code aRT} and {@code bRT} are the weights of the two vectors in row R and the T-th tap from
 * the right, {@code s} and {@code t} their sums, {@code u} and {@code v} their pixels.
 */
final class DepthwisePairTemplate implements DepthwiseLoops {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int TAPS = CONSTANTS[0];

  /** Whether there are three taps, and windows one tap apart; otherwise they are summed singly. */
  private static final boolean SLIDING = CONSTANTS[1] == 1;

  private static final int ROWS = CONSTANTS[2];
  private static final Function F = InlineFunctions.of(CONSTANTS[3]);

  /** The windows that a pixel is in, less one. */
  private static final int AHEAD = SLIDING ? 2 : 0;

  private static final VectorSpecies<Float> S = Width.SPECIES;

  /** The bits of 6. */
  private static final int SIX = 0x40c00000;

  /** Added to the bits of |x|, overflows for what is beyond those of infinity: NaN. */
  private static final int BEYOND_INFINITY = 0x007fffff;

  @Override
  public void run(
      Steps steps,
      int second,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] start,
      int so,
      float[] y,
      int yo,
      int rows) {
    int xRow = steps.xRow();
    int xTap = steps.xTap();
    int xPixel = steps.xPixel();
    int startPixel = steps.startPixel();
    int yPixel = steps.yPixel();
    int columns = steps.columns();
    int wTap = steps.wTap();
    int w2 = wo + second;
    FloatVector a00 = FloatVector.fromArray(S, w, wo + (TAPS - 1) * wTap);
    FloatVector b00 = FloatVector.fromArray(S, w, w2 + (TAPS - 1) * wTap);
    FloatVector a01 = TAPS > 1 ? FloatVector.fromArray(S, w, wo + (TAPS - 2) * wTap) : a00;
    FloatVector b01 = TAPS > 1 ? FloatVector.fromArray(S, w, w2 + (TAPS - 2) * wTap) : b00;
    FloatVector a02 = TAPS > 2 ? FloatVector.fromArray(S, w, wo + (TAPS - 3) * wTap) : a00;
    FloatVector b02 = TAPS > 2 ? FloatVector.fromArray(S, w, w2 + (TAPS - 3) * wTap) : b00;
    FloatVector a10 = ROWS > 1 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 1) * wTap) : a00;
    FloatVector b10 = ROWS > 1 ? FloatVector.fromArray(S, w, w2 + (2 * TAPS - 1) * wTap) : b00;
    FloatVector a11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 2) * wTap) : a00;
    FloatVector b11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, w, w2 + (2 * TAPS - 2) * wTap) : b00;
    FloatVector a12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 3) * wTap) : a00;
    FloatVector b12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, w, w2 + (2 * TAPS - 3) * wTap) : b00;
    FloatVector a20 = ROWS > 2 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 1) * wTap) : a00;
    FloatVector b20 = ROWS > 2 ? FloatVector.fromArray(S, w, w2 + (3 * TAPS - 1) * wTap) : b00;
    FloatVector a21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 2) * wTap) : a00;
    FloatVector b21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, w, w2 + (3 * TAPS - 2) * wTap) : b00;
    FloatVector a22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 3) * wTap) : a00;
    FloatVector b22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, w, w2 + (3 * TAPS - 3) * wTap) : b00;
    int r = 0;
    do { // at least once, or JDK 17 boxes the sums
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      int at = xo + r * steps.xNext();
      int to = yo + r * steps.yNext();
      int from = so + r * steps.startNext();
      int column = -AHEAD;
      do {
        int i = from + Math.min(column + AHEAD, columns - 1) * startPixel;
        FloatVector s2 = FloatVector.fromArray(S, start, i);
        FloatVector t2 = FloatVector.fromArray(S, start, i + second);
        if (SLIDING) {
          FloatVector u0 = FloatVector.fromArray(S, x, at);
          FloatVector v0 = FloatVector.fromArray(S, x, at + second);
          s0 = a00.fma(u0, s0);
          t0 = b00.fma(v0, t0);
          s1 = a01.fma(u0, s1);
          t1 = b01.fma(v0, t1);
          s2 = a02.fma(u0, s2);
          t2 = b02.fma(v0, t2);
          if (ROWS > 1) {
            FloatVector u1 = FloatVector.fromArray(S, x, at + xRow);
            FloatVector v1 = FloatVector.fromArray(S, x, at + xRow + second);
            s0 = a10.fma(u1, s0);
            t0 = b10.fma(v1, t0);
            s1 = a11.fma(u1, s1);
            t1 = b11.fma(v1, t1);
            s2 = a12.fma(u1, s2);
            t2 = b12.fma(v1, t2);
          }
          if (ROWS > 2) {
            FloatVector u2 = FloatVector.fromArray(S, x, at + 2 * xRow);
            FloatVector v2 = FloatVector.fromArray(S, x, at + 2 * xRow + second);
            s0 = a20.fma(u2, s0);
            t0 = b20.fma(v2, t0);
            s1 = a21.fma(u2, s1);
            t1 = b21.fma(v2, t1);
            s2 = a22.fma(u2, s2);
            t2 = b22.fma(v2, t2);
          }
        } else {
          int row0 = at + (TAPS - 1) * xTap;
          s2 = a00.fma(FloatVector.fromArray(S, x, row0), s2);
          t2 = b00.fma(FloatVector.fromArray(S, x, row0 + second), t2);
          if (TAPS > 1) {
            s2 = a01.fma(FloatVector.fromArray(S, x, row0 - xTap), s2);
            t2 = b01.fma(FloatVector.fromArray(S, x, row0 - xTap + second), t2);
          }
          if (TAPS > 2) {
            s2 = a02.fma(FloatVector.fromArray(S, x, row0 - 2 * xTap), s2);
            t2 = b02.fma(FloatVector.fromArray(S, x, row0 - 2 * xTap + second), t2);
          }
          if (ROWS > 1) {
            int row1 = at + xRow + (TAPS - 1) * xTap;
            s2 = a10.fma(FloatVector.fromArray(S, x, row1), s2);
            t2 = b10.fma(FloatVector.fromArray(S, x, row1 + second), t2);
            if (TAPS > 1) {
              s2 = a11.fma(FloatVector.fromArray(S, x, row1 - xTap), s2);
              t2 = b11.fma(FloatVector.fromArray(S, x, row1 - xTap + second), t2);
            }
            if (TAPS > 2) {
              s2 = a12.fma(FloatVector.fromArray(S, x, row1 - 2 * xTap), s2);
              t2 = b12.fma(FloatVector.fromArray(S, x, row1 - 2 * xTap + second), t2);
            }
          }
          if (ROWS > 2) {
            int row2 = at + 2 * xRow + (TAPS - 1) * xTap;
            s2 = a20.fma(FloatVector.fromArray(S, x, row2), s2);
            t2 = b20.fma(FloatVector.fromArray(S, x, row2 + second), t2);
            if (TAPS > 1) {
              s2 = a21.fma(FloatVector.fromArray(S, x, row2 - xTap), s2);
              t2 = b21.fma(FloatVector.fromArray(S, x, row2 - xTap + second), t2);
            }
            if (TAPS > 2) {
              s2 = a22.fma(FloatVector.fromArray(S, x, row2 - 2 * xTap), s2);
              t2 = b22.fma(FloatVector.fromArray(S, x, row2 - 2 * xTap + second), t2);
            }
          }
          s0 = s2;
          t0 = t2;
        }
        if (column >= 0) {
          FloatVector first = s0;
          FloatVector next = t0;
          if (F != null) {
            IntVector a = (F == HARD_SWISH ? s0.add(3) : s0).reinterpretAsInts();
            IntVector b = (F == HARD_SWISH ? t0.add(3) : t0).reinterpretAsInts();
            IntVector c = F == RELU ? a.max(0) : a.max(0).min(SIX);
            IntVector d = F == RELU ? b.max(0) : b.max(0).min(SIX);
            if (F == HARD_SWISH) { // NaN of the sum is NaN of the product
              first = s0.mul(c.reinterpretAsFloats().mul(1 / 6f));
              next = t0.mul(d.reinterpretAsFloats().mul(1 / 6f));
            } else {
              a = a.and(Integer.MAX_VALUE).add(BEYOND_INFINITY);
              b = b.and(Integer.MAX_VALUE).add(BEYOND_INFINITY);
              first = c.or(a.lanewise(VectorOperators.ASHR, 31)).reinterpretAsFloats();
              next = d.or(b.lanewise(VectorOperators.ASHR, 31)).reinterpretAsFloats();
            }
          }
          first.intoArray(y, to);
          next.intoArray(y, to + second);
          to += yPixel;
        }
        s0 = s1;
        s1 = s2;
        t0 = t1;
        t1 = t2;
        at += xPixel;
      } while (++column < columns);
    } while (++r < rows);
  }
}
