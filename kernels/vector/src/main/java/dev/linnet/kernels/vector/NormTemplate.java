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
 * <p>Coefficients stay in registers for a few pixels, and these are few so that memory is read in
 * its order: for large maps these loops wait for it. Functions as in {@link PointwiseTemplate}.
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

  /** Pixels at a time. */
  private static final int BLOCK = 16;

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
    for (int first = 0; first < pixels; first += BLOCK) {
      block(
          x,
          xo + first * stride,
          other,
          oo + first * stride,
          y,
          yo + first * stride,
          Math.min(BLOCK, pixels - first),
          stride,
          k);
    }
  }

  private static void block(
      float[] x,
      int xo,
      float[] other,
      int oo,
      float[] y,
      int yo,
      int pixels,
      int stride,
      float[] k) {
    for (int c = 0; c < stride; c += LANES) {
      int channel = Math.min(c, stride - LANES);
      FloatVector centre = FloatVector.fromArray(S, k, channel);
      FloatVector scale = FloatVector.fromArray(S, k, channel + stride);
      FloatVector shift = FloatVector.fromArray(S, k, channel + 2 * stride);
      FloatVector slopeG =
          KIND == GRADIENT ? FloatVector.fromArray(S, k, channel + 3 * stride) : centre;
      FloatVector slopeX =
          KIND == GRADIENT ? FloatVector.fromArray(S, k, channel + 4 * stride) : centre;
      FloatVector rest =
          KIND == GRADIENT ? FloatVector.fromArray(S, k, channel + 5 * stride) : centre;
      int i = xo + channel;
      int j = oo + channel;
      int o = yo + channel;
      for (int p = 0; p < pixels; p++, i += stride, j += stride, o += stride) {
        FloatVector v = FloatVector.fromArray(S, x, i).sub(centre);
        FloatVector t = v.fma(scale, shift);
        if (KIND == WITH_RESIDUAL) {
          t = t.add(FloatVector.fromArray(S, other, j));
        }
        if (KIND != GRADIENT && F != null) {
          IntVector bits = (F == HARD_SWISH ? t.add(3) : t).reinterpretAsInts();
          IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
          if (F == HARD_SWISH) { // NaN of t is NaN of the product
            t = t.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
          } else {
            IntVector nan =
                bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
            t = clamped.or(nan).reinterpretAsFloats();
          }
        } else if (KIND == GRADIENT) {
          FloatVector g = FloatVector.fromArray(S, other, j);
          if (F == RELU) {
            g = FloatVector.zero(S).blend(g, t.compare(VectorOperators.GT, 0));
          } else if (F == RELU6) {
            g =
                FloatVector.zero(S)
                    .blend(
                        g, t.compare(VectorOperators.GT, 0).and(t.compare(VectorOperators.LT, 6)));
          } else if (F == HARD_SWISH) {
            g =
                FloatVector.zero(S)
                    .blend(t.add(t).add(3).mul(1 / 6f).mul(g), t.compare(VectorOperators.GT, -3))
                    .blend(g, t.compare(VectorOperators.GE, 3));
          }
          t = g.mul(slopeG).sub(v.fma(slopeX, rest));
        }
        t.intoArray(y, o);
      }
    }
  }
}
