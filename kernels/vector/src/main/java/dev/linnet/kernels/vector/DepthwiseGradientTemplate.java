package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseGradientLoops}, copied for every number of taps of a kernel row, of
 * which there are at most 7.
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
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    int r = 0;
    do { // at least once, or JDK 17 boxes the sums
      int i = dyo + r * dyRow;
      int j = xo + r * xRow;
      int p = 0;
      do {
        FloatVector d = FloatVector.fromArray(S, dy, i);
        s0 = d.fma(FloatVector.fromArray(S, x, j), s0);
        if (TAPS > 1) {
          s1 = d.fma(FloatVector.fromArray(S, x, j + xTap), s1);
        }
        if (TAPS > 2) {
          s2 = d.fma(FloatVector.fromArray(S, x, j + 2 * xTap), s2);
        }
        if (TAPS > 3) {
          s3 = d.fma(FloatVector.fromArray(S, x, j + 3 * xTap), s3);
        }
        if (TAPS > 4) {
          s4 = d.fma(FloatVector.fromArray(S, x, j + 4 * xTap), s4);
        }
        if (TAPS > 5) {
          s5 = d.fma(FloatVector.fromArray(S, x, j + 5 * xTap), s5);
        }
        if (TAPS > 6) {
          s6 = d.fma(FloatVector.fromArray(S, x, j + 6 * xTap), s6);
        }
        i += dyPixel;
        j += xPixel;
      } while (++p < pixels);
    } while (++r < rows);
    s0.add(FloatVector.fromArray(S, sums, so)).intoArray(sums, so);
    if (TAPS > 1) {
      s1.add(FloatVector.fromArray(S, sums, so + LANES)).intoArray(sums, so + LANES);
    }
    if (TAPS > 2) {
      s2.add(FloatVector.fromArray(S, sums, so + 2 * LANES)).intoArray(sums, so + 2 * LANES);
    }
    if (TAPS > 3) {
      s3.add(FloatVector.fromArray(S, sums, so + 3 * LANES)).intoArray(sums, so + 3 * LANES);
    }
    if (TAPS > 4) {
      s4.add(FloatVector.fromArray(S, sums, so + 4 * LANES)).intoArray(sums, so + 4 * LANES);
    }
    if (TAPS > 5) {
      s5.add(FloatVector.fromArray(S, sums, so + 5 * LANES)).intoArray(sums, so + 5 * LANES);
    }
    if (TAPS > 6) {
      s6.add(FloatVector.fromArray(S, sums, so + 6 * LANES)).intoArray(sums, so + 6 * LANES);
    }
  }
}
