package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseGradientLoops} for two vectors of channels at a time, as {@link
 * DepthwisePairTemplate}. A pixel of x is loaded once, for all windows that it is in; the pixels of
 * dy that these belong to stay in registers. Before the first window there are zeros: a pixel of x
 * that is no finite number makes all taps of its kernel row NaN.
 *
 * <p>{@code sRT} and {@code tRT} are the sums of row R and tap T for the two vectors, {@code d0} to
 * {@code d2} and {@code e0} to {@code e2} their dy of this window, the last one and the one before.
 */
final class DepthwisePairGradientTemplate implements DepthwiseGradientLoops {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int TAPS = CONSTANTS[0];

  /** Taps from one window to the next: 1 or 2. */
  private static final int STEP = CONSTANTS[1];

  private static final int ROWS = CONSTANTS[2];
  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  @Override
  public void sum(
      Steps steps,
      int second,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int rows,
      float[] sums,
      int so) {
    int dyPixel = steps.dyPixel();
    int xPixel = steps.xPixel();
    int xTap = steps.xTap();
    int xRow = steps.xRow();
    int columns = steps.columns();
    int to = so + ROWS * TAPS * LANES;
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    FloatVector t00 = FloatVector.fromArray(S, sums, to);
    FloatVector s01 = TAPS > 1 ? FloatVector.fromArray(S, sums, so + LANES) : s00;
    FloatVector t01 = TAPS > 1 ? FloatVector.fromArray(S, sums, to + LANES) : t00;
    FloatVector s02 = TAPS > 2 ? FloatVector.fromArray(S, sums, so + 2 * LANES) : s00;
    FloatVector t02 = TAPS > 2 ? FloatVector.fromArray(S, sums, to + 2 * LANES) : t00;
    FloatVector s10 = ROWS > 1 ? FloatVector.fromArray(S, sums, so + TAPS * LANES) : s00;
    FloatVector t10 = ROWS > 1 ? FloatVector.fromArray(S, sums, to + TAPS * LANES) : t00;
    FloatVector s11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, sums, so + (TAPS + 1) * LANES) : s00;
    FloatVector t11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, sums, to + (TAPS + 1) * LANES) : t00;
    FloatVector s12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, sums, so + (TAPS + 2) * LANES) : s00;
    FloatVector t12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, sums, to + (TAPS + 2) * LANES) : t00;
    FloatVector s20 = ROWS > 2 ? FloatVector.fromArray(S, sums, so + 2 * TAPS * LANES) : s00;
    FloatVector t20 = ROWS > 2 ? FloatVector.fromArray(S, sums, to + 2 * TAPS * LANES) : t00;
    FloatVector s21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 1) * LANES) : s00;
    FloatVector t21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, sums, to + (2 * TAPS + 1) * LANES) : t00;
    FloatVector s22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 2) * LANES) : s00;
    FloatVector t22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, sums, to + (2 * TAPS + 2) * LANES) : t00;
    int row = 0;
    do { // at least once, or JDK 17 boxes the sums
      int i = dyo + row * steps.dyNext();
      int at = xo + row * steps.xNext();
      FloatVector d1 = FloatVector.zero(S);
      FloatVector d2 = d1;
      FloatVector e1 = d1;
      FloatVector e2 = d1;
      int column = 0;
      do {
        FloatVector d0 = FloatVector.fromArray(S, dy, i);
        FloatVector e0 = FloatVector.fromArray(S, dy, i + second);
        FloatVector u0 = FloatVector.fromArray(S, x, at);
        FloatVector v0 = FloatVector.fromArray(S, x, at + second);
        s00 = d0.fma(u0, s00);
        t00 = e0.fma(v0, t00);
        if (STEP == 1 && TAPS > 1) {
          s01 = d1.fma(u0, s01);
          t01 = e1.fma(v0, t01);
        }
        if (STEP == 1 && TAPS > 2) {
          s02 = d2.fma(u0, s02);
          t02 = e2.fma(v0, t02);
        }
        if (STEP == 2 && TAPS > 2) {
          s02 = d1.fma(u0, s02);
          t02 = e1.fma(v0, t02);
        }
        if (STEP == 2 && TAPS > 1) {
          s01 = d0.fma(FloatVector.fromArray(S, x, at + xTap), s01);
          t01 = e0.fma(FloatVector.fromArray(S, x, at + xTap + second), t01);
        }
        if (ROWS > 1) {
          FloatVector u1 = FloatVector.fromArray(S, x, at + xRow);
          FloatVector v1 = FloatVector.fromArray(S, x, at + xRow + second);
          s10 = d0.fma(u1, s10);
          t10 = e0.fma(v1, t10);
          if (STEP == 1 && TAPS > 1) {
            s11 = d1.fma(u1, s11);
            t11 = e1.fma(v1, t11);
          }
          if (STEP == 1 && TAPS > 2) {
            s12 = d2.fma(u1, s12);
            t12 = e2.fma(v1, t12);
          }
          if (STEP == 2 && TAPS > 2) {
            s12 = d1.fma(u1, s12);
            t12 = e1.fma(v1, t12);
          }
          if (STEP == 2 && TAPS > 1) {
            s11 = d0.fma(FloatVector.fromArray(S, x, at + xRow + xTap), s11);
            t11 = e0.fma(FloatVector.fromArray(S, x, at + xRow + xTap + second), t11);
          }
        }
        if (ROWS > 2) {
          FloatVector u2 = FloatVector.fromArray(S, x, at + 2 * xRow);
          FloatVector v2 = FloatVector.fromArray(S, x, at + 2 * xRow + second);
          s20 = d0.fma(u2, s20);
          t20 = e0.fma(v2, t20);
          if (STEP == 1 && TAPS > 1) {
            s21 = d1.fma(u2, s21);
            t21 = e1.fma(v2, t21);
          }
          if (STEP == 1 && TAPS > 2) {
            s22 = d2.fma(u2, s22);
            t22 = e2.fma(v2, t22);
          }
          if (STEP == 2 && TAPS > 2) {
            s22 = d1.fma(u2, s22);
            t22 = e1.fma(v2, t22);
          }
          if (STEP == 2 && TAPS > 1) {
            s21 = d0.fma(FloatVector.fromArray(S, x, at + 2 * xRow + xTap), s21);
            t21 = e0.fma(FloatVector.fromArray(S, x, at + 2 * xRow + xTap + second), t21);
          }
        }
        d2 = d1;
        d1 = d0;
        e2 = e1;
        e1 = e0;
        i += dyPixel;
        at += xPixel;
      } while (++column < columns);
      if (STEP == 1 && TAPS > 1) {
        s01 = d1.fma(FloatVector.fromArray(S, x, at), s01);
        t01 = e1.fma(FloatVector.fromArray(S, x, at + second), t01);
      }
      if (STEP == 1 && TAPS > 2) {
        s02 = d2.fma(FloatVector.fromArray(S, x, at), s02);
        t02 = e2.fma(FloatVector.fromArray(S, x, at + second), t02);
        s02 = d1.fma(FloatVector.fromArray(S, x, at + xTap), s02);
        t02 = e1.fma(FloatVector.fromArray(S, x, at + xTap + second), t02);
      }
      if (STEP == 2 && TAPS > 2) {
        s02 = d1.fma(FloatVector.fromArray(S, x, at), s02);
        t02 = e1.fma(FloatVector.fromArray(S, x, at + second), t02);
      }
      if (ROWS > 1) {
        if (STEP == 1 && TAPS > 1) {
          s11 = d1.fma(FloatVector.fromArray(S, x, at + xRow), s11);
          t11 = e1.fma(FloatVector.fromArray(S, x, at + xRow + second), t11);
        }
        if (STEP == 1 && TAPS > 2) {
          s12 = d2.fma(FloatVector.fromArray(S, x, at + xRow), s12);
          t12 = e2.fma(FloatVector.fromArray(S, x, at + xRow + second), t12);
          s12 = d1.fma(FloatVector.fromArray(S, x, at + xRow + xTap), s12);
          t12 = e1.fma(FloatVector.fromArray(S, x, at + xRow + xTap + second), t12);
        }
        if (STEP == 2 && TAPS > 2) {
          s12 = d1.fma(FloatVector.fromArray(S, x, at + xRow), s12);
          t12 = e1.fma(FloatVector.fromArray(S, x, at + xRow + second), t12);
        }
      }
      if (ROWS > 2) {
        if (STEP == 1 && TAPS > 1) {
          s21 = d1.fma(FloatVector.fromArray(S, x, at + 2 * xRow), s21);
          t21 = e1.fma(FloatVector.fromArray(S, x, at + 2 * xRow + second), t21);
        }
        if (STEP == 1 && TAPS > 2) {
          s22 = d2.fma(FloatVector.fromArray(S, x, at + 2 * xRow), s22);
          t22 = e2.fma(FloatVector.fromArray(S, x, at + 2 * xRow + second), t22);
          s22 = d1.fma(FloatVector.fromArray(S, x, at + 2 * xRow + xTap), s22);
          t22 = e1.fma(FloatVector.fromArray(S, x, at + 2 * xRow + xTap + second), t22);
        }
        if (STEP == 2 && TAPS > 2) {
          s22 = d1.fma(FloatVector.fromArray(S, x, at + 2 * xRow), s22);
          t22 = e1.fma(FloatVector.fromArray(S, x, at + 2 * xRow + second), t22);
        }
      }
    } while (++row < rows);
    s00.intoArray(sums, so);
    if (TAPS > 1) {
      s01.intoArray(sums, so + LANES);
    }
    if (TAPS > 2) {
      s02.intoArray(sums, so + 2 * LANES);
    }
    if (ROWS > 1) {
      s10.intoArray(sums, so + TAPS * LANES);
    }
    if (ROWS > 1 && TAPS > 1) {
      s11.intoArray(sums, so + (TAPS + 1) * LANES);
    }
    if (ROWS > 1 && TAPS > 2) {
      s12.intoArray(sums, so + (TAPS + 2) * LANES);
    }
    if (ROWS > 2) {
      s20.intoArray(sums, so + 2 * TAPS * LANES);
    }
    if (ROWS > 2 && TAPS > 1) {
      s21.intoArray(sums, so + (2 * TAPS + 1) * LANES);
    }
    if (ROWS > 2 && TAPS > 2) {
      s22.intoArray(sums, so + (2 * TAPS + 2) * LANES);
    }
    t00.intoArray(sums, to);
    if (TAPS > 1) {
      t01.intoArray(sums, to + LANES);
    }
    if (TAPS > 2) {
      t02.intoArray(sums, to + 2 * LANES);
    }
    if (ROWS > 1) {
      t10.intoArray(sums, to + TAPS * LANES);
    }
    if (ROWS > 1 && TAPS > 1) {
      t11.intoArray(sums, to + (TAPS + 1) * LANES);
    }
    if (ROWS > 1 && TAPS > 2) {
      t12.intoArray(sums, to + (TAPS + 2) * LANES);
    }
    if (ROWS > 2) {
      t20.intoArray(sums, to + 2 * TAPS * LANES);
    }
    if (ROWS > 2 && TAPS > 1) {
      t21.intoArray(sums, to + (2 * TAPS + 1) * LANES);
    }
    if (ROWS > 2 && TAPS > 2) {
      t22.intoArray(sums, to + (2 * TAPS + 2) * LANES);
    }
  }
}
