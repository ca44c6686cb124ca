package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over pixels with a value of its own for every channel. All arrays of feature maps have the
 * same channel stride, at least as many floats as a vector. A span is a run of pixels without
 * anything between them; {@code pixels} is at least 1.
 *
 * <p>Sums take their coefficients in the loop, and a method makes one sum: JDK 17 now and then
 * boxes a vector that is alive when a loop starts, and those that a second sum stores.
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
      int at = xo + Math.min(c, stride - LANES);
      int fours = pixels / 4;
      if (fours > 0) {
        sumFours(x, at, fours, stride, sums, s);
      }
      for (int p = 4 * fours; p < pixels; p++) {
        FloatVector one = FloatVector.fromArray(S, x, at + p * stride);
        FloatVector.fromArray(S, sums, s).add(one).intoArray(sums, s);
      }
    }
  }

  private static void sumFours(float[] x, int i, int fours, int stride, float[] sums, int s) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    int p = 0;
    do { // at least once, or JDK 17 boxes the sums
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + stride));
      c = c.add(FloatVector.fromArray(S, x, i + 2 * stride));
      d = d.add(FloatVector.fromArray(S, x, i + 3 * stride));
      i += 4 * stride;
    } while (++p < fours);
    FloatVector.fromArray(S, sums, s).add(a.add(b).add(c.add(d))).intoArray(sums, s);
  }

  /** {@code sums += Σ (x − k)}. */
  static void differences(
      float[] x, int xo, int pixels, int stride, float[] k, int ko, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int pairs = pixels / 2;
      if (pairs > 0) {
        differencePairs(x, xo + first, pairs, stride, k, ko + first, sums, s);
      }
      for (int p = 2 * pairs; p < pixels; p++) {
        FloatVector one = FloatVector.fromArray(S, x, xo + first + p * stride);
        one = one.sub(FloatVector.fromArray(S, k, ko + first));
        FloatVector.fromArray(S, sums, s).add(one).intoArray(sums, s);
      }
    }
  }

  private static void differencePairs(
      float[] x, int i, int pairs, int stride, float[] k, int ko, float[] sums, int s) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    int p = 0;
    do {
      a = a.add(FloatVector.fromArray(S, x, i).sub(FloatVector.fromArray(S, k, ko)));
      b = b.add(FloatVector.fromArray(S, x, i + stride).sub(FloatVector.fromArray(S, k, ko)));
      i += 2 * stride;
    } while (++p < pairs);
    FloatVector.fromArray(S, sums, s).add(a.add(b)).intoArray(sums, s);
  }

  /** {@code sums += Σ (x − k)²}. */
  static void squares(
      float[] x, int xo, int pixels, int stride, float[] k, int ko, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int pairs = pixels / 2;
      if (pairs > 0) {
        squarePairs(x, xo + first, pairs, stride, k, ko + first, sums, s);
      }
      for (int p = 2 * pairs; p < pixels; p++) {
        FloatVector one = FloatVector.fromArray(S, x, xo + first + p * stride);
        one = one.sub(FloatVector.fromArray(S, k, ko + first));
        one.fma(one, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }

  private static void squarePairs(
      float[] x, int i, int pairs, int stride, float[] k, int ko, float[] sums, int s) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    int p = 0;
    do {
      FloatVector xa = FloatVector.fromArray(S, x, i).sub(FloatVector.fromArray(S, k, ko));
      FloatVector xb = FloatVector.fromArray(S, x, i + stride).sub(FloatVector.fromArray(S, k, ko));
      a = xa.fma(xa, a);
      b = xb.fma(xb, b);
      i += 2 * stride;
    } while (++p < pairs);
    FloatVector.fromArray(S, sums, s).add(a.add(b)).intoArray(sums, s);
  }

  /** {@code sums += Σ a · b}. */
  static void dots(
      float[] a, int ao, float[] b, int bo, int pixels, int stride, float[] sums, int so) {
    for (int c = 0, s = so; c < stride; c += LANES, s += LANES) {
      int first = Math.min(c, stride - LANES);
      int fours = pixels / 4;
      if (fours > 0) {
        dotFours(a, ao + first, b, bo + first, fours, stride, sums, s);
      }
      for (int p = 4 * fours; p < pixels; p++) {
        FloatVector one = FloatVector.fromArray(S, a, ao + first + p * stride);
        FloatVector other = FloatVector.fromArray(S, b, bo + first + p * stride);
        one.fma(other, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }

  private static void dotFours(
      float[] a, int i, float[] b, int j, int fours, int stride, float[] sums, int s) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int p = 0;
    do {
      s0 = FloatVector.fromArray(S, a, i).fma(FloatVector.fromArray(S, b, j), s0);
      s1 = FloatVector.fromArray(S, a, i + stride).fma(FloatVector.fromArray(S, b, j + stride), s1);
      s2 =
          FloatVector.fromArray(S, a, i + 2 * stride)
              .fma(FloatVector.fromArray(S, b, j + 2 * stride), s2);
      s3 =
          FloatVector.fromArray(S, a, i + 3 * stride)
              .fma(FloatVector.fromArray(S, b, j + 3 * stride), s3);
      i += 4 * stride;
      j += 4 * stride;
    } while (++p < fours);
    FloatVector.fromArray(S, sums, s).add(s0.add(s1).add(s2.add(s3))).intoArray(sums, s);
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
      int at = Math.min(c, stride - LANES);
      int pairs = pixels / 2;
      if (pairs > 0) {
        centredDotPairs(a, ao + at, b, bo + at, pairs, stride, k, ko + at, sums, s);
      }
      for (int p = 2 * pairs; p < pixels; p++) {
        FloatVector one = FloatVector.fromArray(S, a, ao + at + p * stride);
        FloatVector other = FloatVector.fromArray(S, b, bo + at + p * stride);
        other = other.sub(FloatVector.fromArray(S, k, ko + at));
        one.fma(other, FloatVector.fromArray(S, sums, s)).intoArray(sums, s);
      }
    }
  }

  private static void centredDotPairs(
      float[] a,
      int i,
      float[] b,
      int j,
      int pairs,
      int stride,
      float[] k,
      int ko,
      float[] sums,
      int s) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    int p = 0;
    do {
      FloatVector b0 = FloatVector.fromArray(S, b, j).sub(FloatVector.fromArray(S, k, ko));
      FloatVector b1 = FloatVector.fromArray(S, b, j + stride).sub(FloatVector.fromArray(S, k, ko));
      s0 = FloatVector.fromArray(S, a, i).fma(b0, s0);
      s1 = FloatVector.fromArray(S, a, i + stride).fma(b1, s1);
      i += 2 * stride;
      j += 2 * stride;
    } while (++p < pairs);
    FloatVector.fromArray(S, sums, s).add(s0.add(s1)).intoArray(sums, s);
  }
}
