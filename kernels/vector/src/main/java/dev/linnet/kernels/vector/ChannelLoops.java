package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over pixels with a value of its own for every channel. All arrays of feature maps have the
 * same channel stride, at least as many floats as a vector. A span is a run of pixels without
 * anything between them; {@code pixels} is at least 1.
 *
 * <p>Sums stay in memory: a step adds four pixels up and then to the sum. JDK 17 now and then boxes
 * a vector that goes from one step to the next, and no step depends on the next but through its
 * sum, so that this costs no time.
 *
 * <p>Coefficients {@code k} have the channel stride as their length, several kinds behind one
 * another. Sums lie one vector after the other, see {@link Channels#slot}.
 */
final class ChannelLoops {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  private ChannelLoops() {}

  /** {@code y = (x − k0) · k1 + k2}. */
  static void affine(
      float[] x, int xo, float[] y, int yo, int pixels, int stride, float[] k, int ko) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      FloatVector centre = FloatVector.fromArray(S, k, ko + at);
      FloatVector scale = FloatVector.fromArray(S, k, ko + stride + at);
      FloatVector shift = FloatVector.fromArray(S, k, ko + 2 * stride + at);
      int i = xo + at;
      int j = yo + at;
      for (int p = 0; p < pixels; p++, i += stride, j += stride) {
        FloatVector.fromArray(S, x, i).sub(centre).fma(scale, shift).intoArray(y, j);
      }
    }
  }

  /** {@code dx = k1 · dy − k3 − k2 · (x − k0)}. */
  static void affineGradient(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] dx,
      int dxo,
      int pixels,
      int stride,
      float[] k,
      int ko) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      FloatVector centre = FloatVector.fromArray(S, k, ko + at);
      FloatVector scale = FloatVector.fromArray(S, k, ko + stride + at);
      FloatVector slope = FloatVector.fromArray(S, k, ko + 2 * stride + at);
      FloatVector shift = FloatVector.fromArray(S, k, ko + 3 * stride + at);
      int i = dyo + at;
      int j = xo + at;
      int o = dxo + at;
      for (int p = 0; p < pixels; p++, i += stride, j += stride, o += stride) {
        FloatVector rest = FloatVector.fromArray(S, x, j).sub(centre).fma(slope, shift);
        FloatVector.fromArray(S, dy, i).mul(scale).sub(rest).intoArray(dx, o);
      }
    }
  }

  /** {@code y = x · k}. */
  static void scale(
      float[] x, int xo, float[] y, int yo, int pixels, int stride, float[] k, int ko) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      FloatVector scale = FloatVector.fromArray(S, k, ko + at);
      int i = xo + at;
      int j = yo + at;
      for (int p = 0; p < pixels; p++, i += stride, j += stride) {
        FloatVector.fromArray(S, x, i).mul(scale).intoArray(y, j);
      }
    }
  }

  /** {@code y = factor · k}. */
  static void fill(float[] y, int yo, int pixels, int stride, float[] k, int ko, float factor) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      FloatVector value = FloatVector.fromArray(S, k, ko + at).mul(factor);
      int j = yo + at;
      for (int p = 0; p < pixels; p++, j += stride) {
        value.intoArray(y, j);
      }
    }
  }

  /** {@code sums += Σ x}. */
  static void sum(float[] x, int xo, int pixels, int stride, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int i = xo + Math.min(c, stride - LANES);
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride) {
        FloatVector a = FloatVector.fromArray(S, x, i);
        FloatVector b = FloatVector.fromArray(S, x, i + stride);
        a = a.add(FloatVector.fromArray(S, x, i + 2 * stride));
        b = b.add(FloatVector.fromArray(S, x, i + 3 * stride));
        FloatVector.fromArray(S, sums, s).add(a.add(b)).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride) {
        FloatVector one = FloatVector.fromArray(S, x, i);
        FloatVector.fromArray(S, sums, s).add(one).intoArray(sums, s);
      }
    }
  }

  /** {@code sums += Σ (x − k)}. */
  static void differences(
      float[] x, int xo, int pixels, int stride, float[] k, int ko, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int i = xo + first;
      int j = ko + first;
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride) {
        FloatVector centre = FloatVector.fromArray(S, k, j);
        FloatVector a = FloatVector.fromArray(S, x, i).sub(centre);
        FloatVector b = FloatVector.fromArray(S, x, i + stride).sub(centre);
        a = a.add(FloatVector.fromArray(S, x, i + 2 * stride).sub(centre));
        b = b.add(FloatVector.fromArray(S, x, i + 3 * stride).sub(centre));
        FloatVector.fromArray(S, sums, s).add(a.add(b)).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride) {
        FloatVector one = FloatVector.fromArray(S, x, i).sub(FloatVector.fromArray(S, k, j));
        FloatVector.fromArray(S, sums, s).add(one).intoArray(sums, s);
      }
    }
  }

  /** {@code sums += Σ (x − k)²}. */
  static void squares(
      float[] x, int xo, int pixels, int stride, float[] k, int ko, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int i = xo + first;
      int j = ko + first;
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride) {
        FloatVector centre = FloatVector.fromArray(S, k, j);
        FloatVector a = FloatVector.fromArray(S, x, i).sub(centre);
        FloatVector b = FloatVector.fromArray(S, x, i + stride).sub(centre);
        FloatVector c2 = FloatVector.fromArray(S, x, i + 2 * stride).sub(centre);
        FloatVector d = FloatVector.fromArray(S, x, i + 3 * stride).sub(centre);
        a = a.fma(a, b.mul(b)).add(c2.fma(c2, d.mul(d)));
        FloatVector.fromArray(S, sums, s).add(a).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride) {
        FloatVector one = FloatVector.fromArray(S, x, i).sub(FloatVector.fromArray(S, k, j));
        one.fma(one, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }

  /** {@code sums += Σ a · b}. */
  static void dots(
      float[] a, int ao, float[] b, int bo, int pixels, int stride, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int i = ao + first;
      int j = bo + first;
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride, j += 4 * stride) {
        FloatVector a0 = FloatVector.fromArray(S, a, i);
        FloatVector a1 = FloatVector.fromArray(S, a, i + stride);
        FloatVector a2 = FloatVector.fromArray(S, a, i + 2 * stride);
        FloatVector a3 = FloatVector.fromArray(S, a, i + 3 * stride);
        FloatVector s0 = FloatVector.fromArray(S, b, j).mul(a0);
        FloatVector s1 = FloatVector.fromArray(S, b, j + stride).mul(a1);
        s0 = FloatVector.fromArray(S, b, j + 2 * stride).fma(a2, s0);
        s1 = FloatVector.fromArray(S, b, j + 3 * stride).fma(a3, s1);
        FloatVector.fromArray(S, sums, s).add(s0.add(s1)).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride, j += stride) {
        FloatVector one = FloatVector.fromArray(S, a, i);
        FloatVector other = FloatVector.fromArray(S, b, j);
        one.fma(other, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }

  /** {@code sums += Σ a · (b − k)}. */
  static void centredDots(
      float[] a,
      int ao,
      float[] b,
      int bo,
      int pixels,
      int stride,
      float[] k,
      int ko,
      float[] sums,
      int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int i = ao + first;
      int j = bo + first;
      int m = ko + first;
      int p = 0;
      for (; p <= pixels - 4; p += 4, i += 4 * stride, j += 4 * stride) {
        FloatVector centre = FloatVector.fromArray(S, k, m);
        FloatVector b0 = FloatVector.fromArray(S, b, j).sub(centre);
        FloatVector b1 = FloatVector.fromArray(S, b, j + stride).sub(centre);
        FloatVector b2 = FloatVector.fromArray(S, b, j + 2 * stride).sub(centre);
        FloatVector b3 = FloatVector.fromArray(S, b, j + 3 * stride).sub(centre);
        FloatVector s0 = FloatVector.fromArray(S, a, i).mul(b0);
        FloatVector s1 = FloatVector.fromArray(S, a, i + stride).mul(b1);
        s0 = FloatVector.fromArray(S, a, i + 2 * stride).fma(b2, s0);
        s1 = FloatVector.fromArray(S, a, i + 3 * stride).fma(b3, s1);
        FloatVector.fromArray(S, sums, s).add(s0.add(s1)).intoArray(sums, s);
      }
      for (; p < pixels; p++, i += stride, j += stride) {
        FloatVector one = FloatVector.fromArray(S, a, i);
        FloatVector other = FloatVector.fromArray(S, b, j).sub(FloatVector.fromArray(S, k, m));
        one.fma(other, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }
}
