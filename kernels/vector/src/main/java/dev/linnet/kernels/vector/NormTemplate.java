package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.HARD_SWISH;
import static dev.linnet.core.graph.Activation.Function.RELU;
import static dev.linnet.core.graph.Activation.Function.RELU6;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link NormLoops}, copied for every kind and function:
 *
 * <pre>  y = f((x − k0) · k1 + k2 [+ residual])
 *   dx = k3 · g − k5 − k4 · (x − k0),  g = dy · f′((x − k0) · k1 + k2)</pre>
 *
 * <p>Four vectors that follow each other are mapped at a time, those of four pixels, of two or of
 * one, with coefficients in registers. So maps are read and written in their order, on which the
 * speed of memory depends. Larger pixels are gone through by groups of vectors. Functions as in
 * {@link PointwiseTemplate}.
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

  /** Vectors of a pixel that are mapped at a time: 1 to 4. */
  private static final int VECTORS = CONSTANTS[2];

  /** Pixels that are mapped at a time. */
  private static final int PIXELS = VECTORS < 3 ? 4 / VECTORS : 1;

  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** Pixels that each group of vectors is mapped for before the next one is. */
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
      int yStride,
      float[] k) {
    int block = stride <= VECTORS * LANES ? pixels : BLOCK;
    for (int first = 0; first < pixels; first += block) {
      int at = first * stride;
      int count = Math.min(block, pixels - first);
      for (int c = 0; c < stride; c += VECTORS * LANES) {
        int to = yo + first * yStride;
        group(x, xo + at, other, oo + at, y, to, count, stride, yStride, c, k);
      }
    }
  }

  private static void group(
      float[] x,
      int i,
      float[] other,
      int j,
      float[] y,
      int o,
      int pixels,
      int stride,
      int yStride,
      int c,
      float[] k) {
    int last = stride - LANES;
    int ka = Math.min(c, last);
    int kb = VECTORS > 1 ? Math.min(c + LANES, last) : ka;
    int kc = VECTORS > 2 ? Math.min(c + 2 * LANES, last) : ka;
    int kd = VECTORS > 3 ? Math.min(c + 3 * LANES, last) : kb;
    int b = VECTORS > 1 ? kb : ka + stride;
    int d = VECTORS > 2 ? kc : ka + PIXELS / 2 * stride;
    int e = VECTORS > 3 ? kd : kb + (PIXELS - 1) * stride;
    int ob = VECTORS > 1 ? kb : ka + yStride;
    int od = VECTORS > 2 ? kc : ka + PIXELS / 2 * yStride;
    int oe = VECTORS > 3 ? kd : kb + (PIXELS - 1) * yStride;
    FloatVector zero = FloatVector.zero(S);
    FloatVector centreA = FloatVector.fromArray(S, k, ka);
    FloatVector scaleA = FloatVector.fromArray(S, k, ka + stride);
    FloatVector shiftA = FloatVector.fromArray(S, k, ka + 2 * stride);
    FloatVector slopeGA = KIND == GRADIENT ? FloatVector.fromArray(S, k, ka + 3 * stride) : zero;
    FloatVector slopeXA = KIND == GRADIENT ? FloatVector.fromArray(S, k, ka + 4 * stride) : zero;
    FloatVector restA = KIND == GRADIENT ? FloatVector.fromArray(S, k, ka + 5 * stride) : zero;
    FloatVector centreB = FloatVector.fromArray(S, k, kb);
    FloatVector scaleB = FloatVector.fromArray(S, k, kb + stride);
    FloatVector shiftB = FloatVector.fromArray(S, k, kb + 2 * stride);
    FloatVector slopeGB = KIND == GRADIENT ? FloatVector.fromArray(S, k, kb + 3 * stride) : zero;
    FloatVector slopeXB = KIND == GRADIENT ? FloatVector.fromArray(S, k, kb + 4 * stride) : zero;
    FloatVector restB = KIND == GRADIENT ? FloatVector.fromArray(S, k, kb + 5 * stride) : zero;
    FloatVector centreC = FloatVector.fromArray(S, k, kc);
    FloatVector scaleC = FloatVector.fromArray(S, k, kc + stride);
    FloatVector shiftC = FloatVector.fromArray(S, k, kc + 2 * stride);
    FloatVector slopeGC = KIND == GRADIENT ? FloatVector.fromArray(S, k, kc + 3 * stride) : zero;
    FloatVector slopeXC = KIND == GRADIENT ? FloatVector.fromArray(S, k, kc + 4 * stride) : zero;
    FloatVector restC = KIND == GRADIENT ? FloatVector.fromArray(S, k, kc + 5 * stride) : zero;
    FloatVector centreD = FloatVector.fromArray(S, k, kd);
    FloatVector scaleD = FloatVector.fromArray(S, k, kd + stride);
    FloatVector shiftD = FloatVector.fromArray(S, k, kd + 2 * stride);
    FloatVector slopeGD = KIND == GRADIENT ? FloatVector.fromArray(S, k, kd + 3 * stride) : zero;
    FloatVector slopeXD = KIND == GRADIENT ? FloatVector.fromArray(S, k, kd + 4 * stride) : zero;
    FloatVector restD = KIND == GRADIENT ? FloatVector.fromArray(S, k, kd + 5 * stride) : zero;
    int p = 0;
    int step = PIXELS * stride;
    int yStep = PIXELS * yStride;
    for (; p <= pixels - PIXELS; p += PIXELS, i += step, j += step, o += yStep) {
      FloatVector vA = FloatVector.fromArray(S, x, i + ka).sub(centreA);
      FloatVector tA = vA.fma(scaleA, shiftA);
      if (KIND == WITH_RESIDUAL) {
        tA = tA.add(FloatVector.fromArray(S, other, j + ka));
      }
      if (KIND != GRADIENT && F != null) {
        IntVector bits = (F == HARD_SWISH ? tA.add(3) : tA).reinterpretAsInts();
        IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
        if (F == HARD_SWISH) { // NaN of t is NaN of the product
          tA = tA.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
        } else {
          IntVector nan =
              bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
          tA = clamped.or(nan).reinterpretAsFloats();
        }
      } else if (KIND == GRADIENT) {
        FloatVector g = FloatVector.fromArray(S, other, j + ka);
        if (F == RELU) {
          g = zero.blend(g, tA.compare(VectorOperators.GT, 0));
        } else if (F == RELU6) {
          VectorMask<Float> slope = tA.compare(VectorOperators.GT, 0);
          g = zero.blend(g, slope.and(tA.compare(VectorOperators.LT, 6)));
        } else if (F == HARD_SWISH) {
          g =
              zero.blend(tA.add(tA).add(3).mul(1 / 6f).mul(g), tA.compare(VectorOperators.GT, -3))
                  .blend(g, tA.compare(VectorOperators.GE, 3));
        }
        tA = g.mul(slopeGA).sub(vA.fma(slopeXA, restA));
      }
      tA.intoArray(y, o + ka);
      FloatVector vB = FloatVector.fromArray(S, x, i + b).sub(centreB);
      FloatVector tB = vB.fma(scaleB, shiftB);
      if (KIND == WITH_RESIDUAL) {
        tB = tB.add(FloatVector.fromArray(S, other, j + b));
      }
      if (KIND != GRADIENT && F != null) {
        IntVector bits = (F == HARD_SWISH ? tB.add(3) : tB).reinterpretAsInts();
        IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
        if (F == HARD_SWISH) { // NaN of t is NaN of the product
          tB = tB.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
        } else {
          IntVector nan =
              bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
          tB = clamped.or(nan).reinterpretAsFloats();
        }
      } else if (KIND == GRADIENT) {
        FloatVector g = FloatVector.fromArray(S, other, j + b);
        if (F == RELU) {
          g = zero.blend(g, tB.compare(VectorOperators.GT, 0));
        } else if (F == RELU6) {
          VectorMask<Float> slope = tB.compare(VectorOperators.GT, 0);
          g = zero.blend(g, slope.and(tB.compare(VectorOperators.LT, 6)));
        } else if (F == HARD_SWISH) {
          g =
              zero.blend(tB.add(tB).add(3).mul(1 / 6f).mul(g), tB.compare(VectorOperators.GT, -3))
                  .blend(g, tB.compare(VectorOperators.GE, 3));
        }
        tB = g.mul(slopeGB).sub(vB.fma(slopeXB, restB));
      }
      tB.intoArray(y, o + ob);
      FloatVector vC = FloatVector.fromArray(S, x, i + d).sub(centreC);
      FloatVector tC = vC.fma(scaleC, shiftC);
      if (KIND == WITH_RESIDUAL) {
        tC = tC.add(FloatVector.fromArray(S, other, j + d));
      }
      if (KIND != GRADIENT && F != null) {
        IntVector bits = (F == HARD_SWISH ? tC.add(3) : tC).reinterpretAsInts();
        IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
        if (F == HARD_SWISH) { // NaN of t is NaN of the product
          tC = tC.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
        } else {
          IntVector nan =
              bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
          tC = clamped.or(nan).reinterpretAsFloats();
        }
      } else if (KIND == GRADIENT) {
        FloatVector g = FloatVector.fromArray(S, other, j + d);
        if (F == RELU) {
          g = zero.blend(g, tC.compare(VectorOperators.GT, 0));
        } else if (F == RELU6) {
          VectorMask<Float> slope = tC.compare(VectorOperators.GT, 0);
          g = zero.blend(g, slope.and(tC.compare(VectorOperators.LT, 6)));
        } else if (F == HARD_SWISH) {
          g =
              zero.blend(tC.add(tC).add(3).mul(1 / 6f).mul(g), tC.compare(VectorOperators.GT, -3))
                  .blend(g, tC.compare(VectorOperators.GE, 3));
        }
        tC = g.mul(slopeGC).sub(vC.fma(slopeXC, restC));
      }
      tC.intoArray(y, o + od);
      if (VECTORS != 3) {
        FloatVector vD = FloatVector.fromArray(S, x, i + e).sub(centreD);
        FloatVector tD = vD.fma(scaleD, shiftD);
        if (KIND == WITH_RESIDUAL) {
          tD = tD.add(FloatVector.fromArray(S, other, j + e));
        }
        if (KIND != GRADIENT && F != null) {
          IntVector bits = (F == HARD_SWISH ? tD.add(3) : tD).reinterpretAsInts();
          IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
          if (F == HARD_SWISH) { // NaN of t is NaN of the product
            tD = tD.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
          } else {
            IntVector nan =
                bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
            tD = clamped.or(nan).reinterpretAsFloats();
          }
        } else if (KIND == GRADIENT) {
          FloatVector g = FloatVector.fromArray(S, other, j + e);
          if (F == RELU) {
            g = zero.blend(g, tD.compare(VectorOperators.GT, 0));
          } else if (F == RELU6) {
            VectorMask<Float> slope = tD.compare(VectorOperators.GT, 0);
            g = zero.blend(g, slope.and(tD.compare(VectorOperators.LT, 6)));
          } else if (F == HARD_SWISH) {
            g =
                zero.blend(tD.add(tD).add(3).mul(1 / 6f).mul(g), tD.compare(VectorOperators.GT, -3))
                    .blend(g, tD.compare(VectorOperators.GE, 3));
          }
          tD = g.mul(slopeGD).sub(vD.fma(slopeXD, restD));
        }
        tD.intoArray(y, o + oe);
      }
    }
    for (; VECTORS < 3 && p < pixels; p++, i += stride, j += stride, o += yStride) {
      FloatVector vA = FloatVector.fromArray(S, x, i + ka).sub(centreA);
      FloatVector tA = vA.fma(scaleA, shiftA);
      if (KIND == WITH_RESIDUAL) {
        tA = tA.add(FloatVector.fromArray(S, other, j + ka));
      }
      if (KIND != GRADIENT && F != null) {
        IntVector bits = (F == HARD_SWISH ? tA.add(3) : tA).reinterpretAsInts();
        IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
        if (F == HARD_SWISH) { // NaN of t is NaN of the product
          tA = tA.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
        } else {
          IntVector nan =
              bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
          tA = clamped.or(nan).reinterpretAsFloats();
        }
      } else if (KIND == GRADIENT) {
        FloatVector g = FloatVector.fromArray(S, other, j + ka);
        if (F == RELU) {
          g = zero.blend(g, tA.compare(VectorOperators.GT, 0));
        } else if (F == RELU6) {
          VectorMask<Float> slope = tA.compare(VectorOperators.GT, 0);
          g = zero.blend(g, slope.and(tA.compare(VectorOperators.LT, 6)));
        } else if (F == HARD_SWISH) {
          g =
              zero.blend(tA.add(tA).add(3).mul(1 / 6f).mul(g), tA.compare(VectorOperators.GT, -3))
                  .blend(g, tA.compare(VectorOperators.GE, 3));
        }
        tA = g.mul(slopeGA).sub(vA.fma(slopeXA, restA));
      }
      tA.intoArray(y, o + ka);
      if (VECTORS == 2) {
        FloatVector vB = FloatVector.fromArray(S, x, i + kb).sub(centreB);
        FloatVector tB = vB.fma(scaleB, shiftB);
        if (KIND == WITH_RESIDUAL) {
          tB = tB.add(FloatVector.fromArray(S, other, j + kb));
        }
        if (KIND != GRADIENT && F != null) {
          IntVector bits = (F == HARD_SWISH ? tB.add(3) : tB).reinterpretAsInts();
          IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
          if (F == HARD_SWISH) { // NaN of t is NaN of the product
            tB = tB.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
          } else {
            IntVector nan =
                bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
            tB = clamped.or(nan).reinterpretAsFloats();
          }
        } else if (KIND == GRADIENT) {
          FloatVector g = FloatVector.fromArray(S, other, j + kb);
          if (F == RELU) {
            g = zero.blend(g, tB.compare(VectorOperators.GT, 0));
          } else if (F == RELU6) {
            VectorMask<Float> slope = tB.compare(VectorOperators.GT, 0);
            g = zero.blend(g, slope.and(tB.compare(VectorOperators.LT, 6)));
          } else if (F == HARD_SWISH) {
            g =
                zero.blend(tB.add(tB).add(3).mul(1 / 6f).mul(g), tB.compare(VectorOperators.GT, -3))
                    .blend(g, tB.compare(VectorOperators.GE, 3));
          }
          tB = g.mul(slopeGB).sub(vB.fma(slopeXB, restB));
        }
        tB.intoArray(y, o + kb);
      }
    }
  }
}
