package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.RELU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link NormSums}, copied for moments and for gradients through every function:
 *
 * <pre>  Σ (x − k0),  Σ (x − k0)²
 *   Σ g,  Σ g · (x − k0),  g = dy · f′((x − k0) · k1 + k2)</pre>
 *
 * <p>Sums stay in memory: a step adds two pixels up and then to the sums, so that no vector goes
 * from one step to the next; JDK 17 might box it. The loops are short for the same reason: with
 * four pixels, or with a longer function than these, C2 sometimes came to its limit of nodes before
 * it had replaced all calls by instructions. Maps are read in their order.
 */
final class NormSumsTemplate implements NormSums {
  /** In place of a function's number: moments. */
  static final int MOMENTS_ALONE = -1;

  private static final int CODE = Templates.constants(MethodHandles.lookup())[0];
  private static final boolean MOMENTS = CODE == MOMENTS_ALONE;
  private static final Function F = MOMENTS ? null : InlineFunctions.of(CODE);
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

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
    FloatVector zero = FloatVector.zero(S);
    int whole = pixels / 2 * 2 * stride;
    int end = pixels * stride;
    int c = 0;
    int pixel = 0;
    while (pixel < whole) {
      int channel = Math.min(c, stride - LANES);
      int at = pixel + channel;
      int first = so + c;
      int last = second + c;
      FloatVector centre = FloatVector.fromArray(S, k, channel);
      FloatVector v0 = FloatVector.fromArray(S, x, xo + at).sub(centre);
      FloatVector v1 = FloatVector.fromArray(S, x, xo + at + stride).sub(centre);
      FloatVector g0 = MOMENTS ? v0 : FloatVector.fromArray(S, dy, dyo + at);
      FloatVector g1 = MOMENTS ? v1 : FloatVector.fromArray(S, dy, dyo + at + stride);
      if (F != null) {
        FloatVector scale = FloatVector.fromArray(S, k, channel + stride);
        FloatVector shift = FloatVector.fromArray(S, k, channel + 2 * stride);
        FloatVector t0 = v0.fma(scale, shift);
        FloatVector t1 = v1.fma(scale, shift);
        if (F == RELU) {
          g0 = zero.blend(g0, t0.compare(VectorOperators.GT, 0));
          g1 = zero.blend(g1, t1.compare(VectorOperators.GT, 0));
        } else {
          g0 =
              zero.blend(
                  g0, t0.compare(VectorOperators.GT, 0).and(t0.compare(VectorOperators.LT, 6)));
          g1 =
              zero.blend(
                  g1, t1.compare(VectorOperators.GT, 0).and(t1.compare(VectorOperators.LT, 6)));
        }
      }
      FloatVector.fromArray(S, sums, first).add(g0.add(g1)).intoArray(sums, first);
      v1 = v1.fma(g1, v0.mul(g0));
      FloatVector.fromArray(S, sums, last).add(v1).intoArray(sums, last);
      c += LANES;
      if (c >= stride) {
        c = 0;
        pixel += 2 * stride;
      }
    }
    while (pixel < end) {
      int channel = Math.min(c, stride - LANES);
      int at = pixel + channel;
      int first = so + c;
      int last = second + c;
      FloatVector centre = FloatVector.fromArray(S, k, channel);
      FloatVector v0 = FloatVector.fromArray(S, x, xo + at).sub(centre);
      FloatVector g0 = MOMENTS ? v0 : FloatVector.fromArray(S, dy, dyo + at);
      if (F != null) {
        FloatVector scale = FloatVector.fromArray(S, k, channel + stride);
        FloatVector shift = FloatVector.fromArray(S, k, channel + 2 * stride);
        FloatVector t0 = v0.fma(scale, shift);
        if (F == RELU) {
          g0 = zero.blend(g0, t0.compare(VectorOperators.GT, 0));
        } else {
          g0 =
              zero.blend(
                  g0, t0.compare(VectorOperators.GT, 0).and(t0.compare(VectorOperators.LT, 6)));
        }
      }
      FloatVector.fromArray(S, sums, first).add(g0).intoArray(sums, first);
      FloatVector.fromArray(S, sums, last).add(v0.mul(g0)).intoArray(sums, last);
      c += LANES;
      if (c >= stride) {
        c = 0;
        pixel += stride;
      }
    }
  }
}
