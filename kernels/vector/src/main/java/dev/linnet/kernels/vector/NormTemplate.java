package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.HARD_SWISH;
import static dev.linnet.core.graph.Activation.Function.RELU;
import static dev.linnet.core.graph.Activation.Function.RELU6;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link NormLoops}, copied for every kind and function:
 *
 * <pre>  y = f((x − k0) · k1 + k2 [+ residual])
 *   dx = k3 · g − k5 − k4 · (x − k0),  g = dy · f′((x − k0) · k1 + k2)</pre>
 *
 * <p>Memory is read in its order, for these loops wait for it. Functions as in {@link
 * PointwiseTemplate}.
 */
final class NormTemplate implements NormLoops {
  /** Kind: the norm. */
  static final int FORWARD = 0;

  /** Kind: the norm and a sum. */
  static final int WITH_RESIDUAL = 1;

  /** Kind: the gradient. */
  static final int GRADIENT = 2;

  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int KIND = CONSTANTS[0];
  private static final Function F = InlineFunctions.of(CONSTANTS[1]);
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** The bits of 6. */
  private static final int SIX = 0x40c00000;

  /** Added to the bits of |x|, overflows for what is beyond those of infinity: NaN. */
  private static final int BEYOND_INFINITY = 0x007fffff;

  @Override
  public void run(
      float[] x,
      int xo,
      float[] other,
      int oo,
      float[] y,
      int yo,
      int pixels,
      int stride,
      float[] k) {
    int end = pixels * stride;
    int pixel = 0;
    int c = 0;
    do {
      int channel = Math.min(c, stride - LANES);
      int at = pixel + channel;
      FloatVector v =
          FloatVector.fromArray(S, x, xo + at).sub(FloatVector.fromArray(S, k, channel));
      FloatVector t =
          v.fma(
              FloatVector.fromArray(S, k, channel + stride),
              FloatVector.fromArray(S, k, channel + 2 * stride));
      if (KIND == WITH_RESIDUAL) {
        t = t.add(FloatVector.fromArray(S, other, oo + at));
      }
      if (KIND != GRADIENT && F != null) {
        IntVector bits = (F == HARD_SWISH ? t.add(3) : t).reinterpretAsInts();
        IntVector nan =
            bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
        bits = bits.max(0);
        bits = F == RELU ? bits : bits.min(SIX);
        FloatVector clamped = bits.or(nan).reinterpretAsFloats();
        t = F == HARD_SWISH ? t.mul(clamped.mul(1 / 6f)) : clamped;
      } else if (KIND == GRADIENT) {
        FloatVector g = FloatVector.fromArray(S, other, oo + at);
        if (F == RELU) {
          g = FloatVector.zero(S).blend(g, t.compare(VectorOperators.GT, 0));
        } else if (F == RELU6) {
          g =
              FloatVector.zero(S)
                  .blend(g, t.compare(VectorOperators.GT, 0).and(t.compare(VectorOperators.LT, 6)));
        } else if (F == HARD_SWISH) {
          g =
              FloatVector.zero(S)
                  .blend(t.add(t).add(3).mul(1 / 6f).mul(g), t.compare(VectorOperators.GT, -3))
                  .blend(g, t.compare(VectorOperators.GE, 3));
        }
        FloatVector rest =
            v.fma(
                FloatVector.fromArray(S, k, channel + 4 * stride),
                FloatVector.fromArray(S, k, channel + 5 * stride));
        t = g.mul(FloatVector.fromArray(S, k, channel + 3 * stride)).sub(rest);
      }
      t.intoArray(y, yo + at);
      c += LANES;
      if (c >= stride) {
        c = 0;
        pixel += stride;
      }
    } while (pixel < end);
  }
}
