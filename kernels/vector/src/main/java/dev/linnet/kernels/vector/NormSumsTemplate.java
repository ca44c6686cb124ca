package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.RELU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link NormSums}, copied for moments and for gradients through every function:
 *
 * <pre>  Σ (x − k0),  Σ (x − k0)²
 *   Σ g,  Σ g · (x − k0),  g = dy · f′((x − k0) · k1 + k2)</pre>
 *
 * <p>A block of pixels is gone through vector by vector of channels, so that coefficients and sums
 * stay in registers, the sums of even and of odd pixels apart: an addition takes longer than a
 * load. With sums in memory every step would wait for the store of the one before, and these lie
 * across lines of the cache. Blocks are short so that memory is read in its order.
 */
final class NormSumsTemplate implements NormSums {
  /** In place of a function's number: moments. */
  static final int MOMENTS_ALONE = -1;

  private static final int CODE = Templates.constants(MethodHandles.lookup())[0];
  private static final boolean MOMENTS = CODE == MOMENTS_ALONE;
  private static final Function F = MOMENTS ? null : InlineFunctions.of(CODE);
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** Pixels at a time. */
  private static final int BLOCK = 32;

  @Override
  public void add(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int pixels,
      int stride,
      float[] k,
      float[] sums,
      int so,
      int second) {
    for (int first = 0; first < pixels; first += BLOCK) {
      int at = first * stride;
      int count = Math.min(BLOCK, pixels - first);
      block(x, xo + at, dy, dyo + at, count, stride, k, sums, so, second);
    }
  }

  private static void block(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int pixels,
      int stride,
      float[] k,
      float[] sums,
      int so,
      int second) {
    for (int c = 0; c < stride; c += LANES) {
      int channel = Math.min(c, stride - LANES);
      FloatVector zero = FloatVector.zero(S);
      FloatVector centre = FloatVector.fromArray(S, k, channel);
      FloatVector scale = F == null ? centre : FloatVector.fromArray(S, k, channel + stride);
      FloatVector shift = F == null ? centre : FloatVector.fromArray(S, k, channel + 2 * stride);
      FloatVector even = FloatVector.fromArray(S, sums, so + c);
      FloatVector odd = zero;
      FloatVector evenProducts = FloatVector.fromArray(S, sums, second + c);
      FloatVector oddProducts = zero;
      int i = xo + channel;
      int j = dyo + channel;
      int p = 0;
      for (; p < pixels - 1; p += 2, i += 2 * stride, j += 2 * stride) {
        FloatVector v0 = FloatVector.fromArray(S, x, i).sub(centre);
        FloatVector v1 = FloatVector.fromArray(S, x, i + stride).sub(centre);
        FloatVector g0 = MOMENTS ? v0 : FloatVector.fromArray(S, dy, j);
        FloatVector g1 = MOMENTS ? v1 : FloatVector.fromArray(S, dy, j + stride);
        if (F != null) {
          FloatVector t0 = v0.fma(scale, shift);
          FloatVector t1 = v1.fma(scale, shift);
          VectorMask<Float> m0 = t0.compare(VectorOperators.GT, 0);
          VectorMask<Float> m1 = t1.compare(VectorOperators.GT, 0);
          if (F == RELU) {
            g0 = zero.blend(g0, m0);
            g1 = zero.blend(g1, m1);
          } else {
            g0 = zero.blend(g0, m0.and(t0.compare(VectorOperators.LT, 6)));
            g1 = zero.blend(g1, m1.and(t1.compare(VectorOperators.LT, 6)));
          }
        }
        even = even.add(g0);
        odd = odd.add(g1);
        evenProducts = v0.fma(g0, evenProducts);
        oddProducts = v1.fma(g1, oddProducts);
      }
      if (p < pixels) {
        FloatVector v0 = FloatVector.fromArray(S, x, i).sub(centre);
        FloatVector g0 = MOMENTS ? v0 : FloatVector.fromArray(S, dy, j);
        if (F != null) {
          FloatVector t0 = v0.fma(scale, shift);
          VectorMask<Float> m0 = t0.compare(VectorOperators.GT, 0);
          if (F == RELU) {
            g0 = zero.blend(g0, m0);
          } else {
            g0 = zero.blend(g0, m0.and(t0.compare(VectorOperators.LT, 6)));
          }
        }
        even = even.add(g0);
        evenProducts = v0.fma(g0, evenProducts);
      }
      even.add(odd).intoArray(sums, so + c);
      evenProducts.add(oddProducts).intoArray(sums, second + c);
    }
  }
}
