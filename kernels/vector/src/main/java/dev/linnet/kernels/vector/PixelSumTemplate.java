package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the loops of {@link PixelSum}, copied for each of them. Sums stay in memory: a step
 * adds four pixels up and then to the sum. Steps depend on each other through the sum alone, which
 * takes no time beside the loads; in registers sums are no faster. One body for all sums: with more
 * than 325 bytecodes it is compiled by itself, not once more in every caller.
 */
final class PixelSumTemplate implements PixelSum.Loops {
  private static final boolean PRODUCT = Templates.constants(MethodHandles.lookup())[0] != 0;
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  @Override
  public void run(
      float[] a, int ao, float[] b, int bo, int pixels, int stride, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int i = ao + first;
      int j = bo + first;
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride, j += 4 * stride) {
        FloatVector v0 = FloatVector.fromArray(S, a, i);
        FloatVector v1 = FloatVector.fromArray(S, a, i + stride);
        FloatVector v2 = FloatVector.fromArray(S, a, i + 2 * stride);
        FloatVector v3 = FloatVector.fromArray(S, a, i + 3 * stride);
        if (PRODUCT) {
          v0 = v0.mul(FloatVector.fromArray(S, b, j));
          v1 = v1.mul(FloatVector.fromArray(S, b, j + stride));
          v0 = v2.fma(FloatVector.fromArray(S, b, j + 2 * stride), v0);
          v1 = v3.fma(FloatVector.fromArray(S, b, j + 3 * stride), v1);
        } else {
          v0 = v0.add(v2);
          v1 = v1.add(v3);
        }
        FloatVector.fromArray(S, sums, s).add(v0.add(v1)).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride, j += stride) {
        FloatVector v = FloatVector.fromArray(S, a, i);
        if (PRODUCT) {
          v = v.mul(FloatVector.fromArray(S, b, j));
        }
        FloatVector.fromArray(S, sums, s).add(v).intoArray(sums, s);
      }
    }
  }
}
