package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.RELU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link NormSums}, copied for moments and for gradients through every function, and
 * for the vectors that a pixel is made of:
 *
 * <pre>  Σ (x − k0),  Σ (x − k0)²
 *   Σ g,  Σ g · (x − k0),  g = dy · f′((x − k0) · k1 + k2)</pre>
 *
 * <p>Four vectors that follow each other are added to sums of their own, in registers: those of
 * four pixels, of two or of one. So maps are read in their order, on which the speed of memory
 * depends, and no addition waits for the one before it. Larger pixels are gone through by groups of
 * vectors.
 */
final class NormSumsTemplate implements NormSums {
  /** In place of a function's number: moments. */
  static final int MOMENTS_ALONE = -1;

  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int CODE = CONSTANTS[0];
  private static final boolean MOMENTS = CODE == MOMENTS_ALONE;
  private static final Function F = MOMENTS ? null : InlineFunctions.of(CODE);

  /** Vectors of a pixel that are added at a time: 1 to 4. */
  private static final int VECTORS = CONSTANTS[1];

  /** Pixels that are added at a time. */
  private static final int PIXELS = VECTORS < 3 ? 4 / VECTORS : 1;

  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** Pixels that each group of vectors is added for before the next one is. */
  private static final int BLOCK = 16;

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
    int block = stride <= VECTORS * LANES ? pixels : BLOCK;
    for (int first = 0; first < pixels; first += block) {
      int at = first * stride;
      int count = Math.min(block, pixels - first);
      for (int c = 0; c < stride; c += VECTORS * LANES) {
        group(x, xo + at, dy, dyo + at, count, stride, c, k, sums, so + c, second + c);
      }
    }
  }

  private static void group(
      float[] x,
      int i,
      float[] dy,
      int j,
      int pixels,
      int stride,
      int c,
      float[] k,
      float[] sums,
      int so,
      int second) {
    int last = stride - LANES;
    int ka = Math.min(c, last);
    int kb = VECTORS > 1 ? Math.min(c + LANES, last) : ka;
    int kc = VECTORS > 2 ? Math.min(c + 2 * LANES, last) : ka;
    int kd = VECTORS > 3 ? Math.min(c + 3 * LANES, last) : kb;
    int b = VECTORS > 1 ? kb : ka + stride;
    int d = VECTORS > 2 ? kc : ka + PIXELS / 2 * stride;
    int e = VECTORS > 3 ? kd : kb + (PIXELS - 1) * stride;
    FloatVector zero = FloatVector.zero(S);
    FloatVector centreA = FloatVector.fromArray(S, k, ka);
    FloatVector scaleA = F == null ? zero : FloatVector.fromArray(S, k, ka + stride);
    FloatVector shiftA = F == null ? zero : FloatVector.fromArray(S, k, ka + 2 * stride);
    FloatVector sumA = zero;
    FloatVector productsA = zero;
    FloatVector centreB = FloatVector.fromArray(S, k, kb);
    FloatVector scaleB = F == null ? zero : FloatVector.fromArray(S, k, kb + stride);
    FloatVector shiftB = F == null ? zero : FloatVector.fromArray(S, k, kb + 2 * stride);
    FloatVector sumB = zero;
    FloatVector productsB = zero;
    FloatVector centreC = FloatVector.fromArray(S, k, kc);
    FloatVector scaleC = F == null ? zero : FloatVector.fromArray(S, k, kc + stride);
    FloatVector shiftC = F == null ? zero : FloatVector.fromArray(S, k, kc + 2 * stride);
    FloatVector sumC = zero;
    FloatVector productsC = zero;
    FloatVector centreD = FloatVector.fromArray(S, k, kd);
    FloatVector scaleD = F == null ? zero : FloatVector.fromArray(S, k, kd + stride);
    FloatVector shiftD = F == null ? zero : FloatVector.fromArray(S, k, kd + 2 * stride);
    FloatVector sumD = zero;
    FloatVector productsD = zero;
    int p = 0;
    for (; p <= pixels - PIXELS; p += PIXELS, i += PIXELS * stride, j += PIXELS * stride) {
      FloatVector vA = FloatVector.fromArray(S, x, i + ka).sub(centreA);
      FloatVector gA = MOMENTS ? vA : FloatVector.fromArray(S, dy, j + ka);
      if (F != null) {
        FloatVector t = vA.fma(scaleA, shiftA);
        VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
        mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
        gA = zero.blend(gA, mask);
      }
      sumA = sumA.add(gA);
      productsA = vA.fma(gA, productsA);
      FloatVector vB = FloatVector.fromArray(S, x, i + b).sub(centreB);
      FloatVector gB = MOMENTS ? vB : FloatVector.fromArray(S, dy, j + b);
      if (F != null) {
        FloatVector t = vB.fma(scaleB, shiftB);
        VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
        mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
        gB = zero.blend(gB, mask);
      }
      sumB = sumB.add(gB);
      productsB = vB.fma(gB, productsB);
      FloatVector vC = FloatVector.fromArray(S, x, i + d).sub(centreC);
      FloatVector gC = MOMENTS ? vC : FloatVector.fromArray(S, dy, j + d);
      if (F != null) {
        FloatVector t = vC.fma(scaleC, shiftC);
        VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
        mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
        gC = zero.blend(gC, mask);
      }
      sumC = sumC.add(gC);
      productsC = vC.fma(gC, productsC);
      if (VECTORS != 3) {
        FloatVector vD = FloatVector.fromArray(S, x, i + e).sub(centreD);
        FloatVector gD = MOMENTS ? vD : FloatVector.fromArray(S, dy, j + e);
        if (F != null) {
          FloatVector t = vD.fma(scaleD, shiftD);
          VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
          mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
          gD = zero.blend(gD, mask);
        }
        sumD = sumD.add(gD);
        productsD = vD.fma(gD, productsD);
      }
    }
    for (; VECTORS < 3 && p < pixels; p++, i += stride, j += stride) {
      FloatVector vA = FloatVector.fromArray(S, x, i + ka).sub(centreA);
      FloatVector gA = MOMENTS ? vA : FloatVector.fromArray(S, dy, j + ka);
      if (F != null) {
        FloatVector t = vA.fma(scaleA, shiftA);
        VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
        mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
        gA = zero.blend(gA, mask);
      }
      sumA = sumA.add(gA);
      productsA = vA.fma(gA, productsA);
      if (VECTORS == 2) {
        FloatVector vB = FloatVector.fromArray(S, x, i + kb).sub(centreB);
        FloatVector gB = MOMENTS ? vB : FloatVector.fromArray(S, dy, j + kb);
        if (F != null) {
          FloatVector t = vB.fma(scaleB, shiftB);
          VectorMask<Float> mask = t.compare(VectorOperators.GT, 0);
          mask = F == RELU ? mask : mask.and(t.compare(VectorOperators.LT, 6));
          gB = zero.blend(gB, mask);
        }
        sumB = sumB.add(gB);
        productsB = vB.fma(gB, productsB);
      }
    }
    if (VECTORS < 3) {
      sumA = sumA.add(sumC);
      productsA = productsA.add(productsC);
      sumB = sumB.add(sumD);
      productsB = productsB.add(productsD);
    }
    if (VECTORS == 1) {
      sumA = sumA.add(sumB);
      productsA = productsA.add(productsB);
    }
    sumA.add(FloatVector.fromArray(S, sums, so)).intoArray(sums, so);
    productsA.add(FloatVector.fromArray(S, sums, second)).intoArray(sums, second);
    if (VECTORS > 1 && c + LANES < stride) {
      int at = so + LANES;
      int product = second + LANES;
      sumB.add(FloatVector.fromArray(S, sums, at)).intoArray(sums, at);
      productsB.add(FloatVector.fromArray(S, sums, product)).intoArray(sums, product);
    }
    if (VECTORS > 2 && c + 2 * LANES < stride) {
      int at = so + 2 * LANES;
      int product = second + 2 * LANES;
      sumC.add(FloatVector.fromArray(S, sums, at)).intoArray(sums, at);
      productsC.add(FloatVector.fromArray(S, sums, product)).intoArray(sums, product);
    }
    if (VECTORS > 3 && c + 3 * LANES < stride) {
      int at = so + 3 * LANES;
      int product = second + 3 * LANES;
      sumD.add(FloatVector.fromArray(S, sums, at)).intoArray(sums, at);
      productsD.add(FloatVector.fromArray(S, sums, product)).intoArray(sums, product);
    }
  }
}
