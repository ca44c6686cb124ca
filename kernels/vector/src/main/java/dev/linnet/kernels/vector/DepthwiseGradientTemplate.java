package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseGradientLoops}, copied for every number of taps of a kernel row, of
 * which there are at most 7. Two pixels at a time, with sums of their own, hide the latency.
 */
final class DepthwiseGradientTemplate implements DepthwiseGradientLoops {
  private static final int TAPS = Templates.constants(MethodHandles.lookup())[0];
  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  @Override
  public void sum(
      float[] dy,
      int dyo,
      int dyRow,
      int dyPixel,
      float[] x,
      int xo,
      int xRow,
      int xPixel,
      int xTap,
      int rows,
      int pixels,
      float[] sums,
      int so) {
    int pairs = pixels / 2;
    if (pairs > 0) {
      pairs(dy, dyo, dyRow, dyPixel, x, xo, xRow, xPixel, xTap, rows, pairs, sums, so);
    }
    if (pixels % 2 != 0) {
      int dyLast = dyo + 2 * pairs * dyPixel;
      int xLast = xo + 2 * pairs * xPixel;
      last(dy, dyLast, dyRow, x, xLast, xRow, xTap, rows, sums, so);
    }
  }

  private static void pairs(
      float[] dy,
      int dyo,
      int dyRow,
      int dyPixel,
      float[] x,
      int xo,
      int xRow,
      int xPixel,
      int xTap,
      int rows,
      int pairs,
      float[] sums,
      int so) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector b2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector b3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector b4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector b5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector b6 = FloatVector.zero(S);
    int r = 0;
    do { // at least once, or JDK 17 boxes the sums
      int i = dyo + r * dyRow;
      int j = xo + r * xRow;
      int p = 0;
      do {
        FloatVector d = FloatVector.fromArray(S, dy, i);
        FloatVector e = FloatVector.fromArray(S, dy, i + dyPixel);
        a0 = d.fma(FloatVector.fromArray(S, x, j), a0);
        b0 = e.fma(FloatVector.fromArray(S, x, j + xPixel), b0);
        if (TAPS > 1) {
          a1 = d.fma(FloatVector.fromArray(S, x, j + xTap), a1);
          b1 = e.fma(FloatVector.fromArray(S, x, j + xPixel + xTap), b1);
        }
        if (TAPS > 2) {
          a2 = d.fma(FloatVector.fromArray(S, x, j + 2 * xTap), a2);
          b2 = e.fma(FloatVector.fromArray(S, x, j + xPixel + 2 * xTap), b2);
        }
        if (TAPS > 3) {
          a3 = d.fma(FloatVector.fromArray(S, x, j + 3 * xTap), a3);
          b3 = e.fma(FloatVector.fromArray(S, x, j + xPixel + 3 * xTap), b3);
        }
        if (TAPS > 4) {
          a4 = d.fma(FloatVector.fromArray(S, x, j + 4 * xTap), a4);
          b4 = e.fma(FloatVector.fromArray(S, x, j + xPixel + 4 * xTap), b4);
        }
        if (TAPS > 5) {
          a5 = d.fma(FloatVector.fromArray(S, x, j + 5 * xTap), a5);
          b5 = e.fma(FloatVector.fromArray(S, x, j + xPixel + 5 * xTap), b5);
        }
        if (TAPS > 6) {
          a6 = d.fma(FloatVector.fromArray(S, x, j + 6 * xTap), a6);
          b6 = e.fma(FloatVector.fromArray(S, x, j + xPixel + 6 * xTap), b6);
        }
        i += 2 * dyPixel;
        j += 2 * xPixel;
      } while (++p < pairs);
    } while (++r < rows);
    a0.add(b0).add(FloatVector.fromArray(S, sums, so)).intoArray(sums, so);
    if (TAPS > 1) {
      a1.add(b1).add(FloatVector.fromArray(S, sums, so + LANES)).intoArray(sums, so + LANES);
    }
    if (TAPS > 2) {
      a2.add(b2)
          .add(FloatVector.fromArray(S, sums, so + 2 * LANES))
          .intoArray(sums, so + 2 * LANES);
    }
    if (TAPS > 3) {
      a3.add(b3)
          .add(FloatVector.fromArray(S, sums, so + 3 * LANES))
          .intoArray(sums, so + 3 * LANES);
    }
    if (TAPS > 4) {
      a4.add(b4)
          .add(FloatVector.fromArray(S, sums, so + 4 * LANES))
          .intoArray(sums, so + 4 * LANES);
    }
    if (TAPS > 5) {
      a5.add(b5)
          .add(FloatVector.fromArray(S, sums, so + 5 * LANES))
          .intoArray(sums, so + 5 * LANES);
    }
    if (TAPS > 6) {
      a6.add(b6)
          .add(FloatVector.fromArray(S, sums, so + 6 * LANES))
          .intoArray(sums, so + 6 * LANES);
    }
  }

  /** The last pixel of each row, where their number is odd. */
  private static void last(
      float[] dy,
      int dyo,
      int dyRow,
      float[] x,
      int xo,
      int xRow,
      int xTap,
      int rows,
      float[] sums,
      int so) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    int r = 0;
    do {
      FloatVector d = FloatVector.fromArray(S, dy, dyo + r * dyRow);
      int j = xo + r * xRow;
      a0 = d.fma(FloatVector.fromArray(S, x, j), a0);
      if (TAPS > 1) {
        a1 = d.fma(FloatVector.fromArray(S, x, j + xTap), a1);
      }
      if (TAPS > 2) {
        a2 = d.fma(FloatVector.fromArray(S, x, j + 2 * xTap), a2);
      }
      if (TAPS > 3) {
        a3 = d.fma(FloatVector.fromArray(S, x, j + 3 * xTap), a3);
      }
      if (TAPS > 4) {
        a4 = d.fma(FloatVector.fromArray(S, x, j + 4 * xTap), a4);
      }
      if (TAPS > 5) {
        a5 = d.fma(FloatVector.fromArray(S, x, j + 5 * xTap), a5);
      }
      if (TAPS > 6) {
        a6 = d.fma(FloatVector.fromArray(S, x, j + 6 * xTap), a6);
      }
    } while (++r < rows);
    a0.add(FloatVector.fromArray(S, sums, so)).intoArray(sums, so);
    if (TAPS > 1) {
      a1.add(FloatVector.fromArray(S, sums, so + LANES)).intoArray(sums, so + LANES);
    }
    if (TAPS > 2) {
      a2.add(FloatVector.fromArray(S, sums, so + 2 * LANES)).intoArray(sums, so + 2 * LANES);
    }
    if (TAPS > 3) {
      a3.add(FloatVector.fromArray(S, sums, so + 3 * LANES)).intoArray(sums, so + 3 * LANES);
    }
    if (TAPS > 4) {
      a4.add(FloatVector.fromArray(S, sums, so + 4 * LANES)).intoArray(sums, so + 4 * LANES);
    }
    if (TAPS > 5) {
      a5.add(FloatVector.fromArray(S, sums, so + 5 * LANES)).intoArray(sums, so + 5 * LANES);
    }
    if (TAPS > 6) {
      a6.add(FloatVector.fromArray(S, sums, so + 6 * LANES)).intoArray(sums, so + 6 * LANES);
    }
  }
}
