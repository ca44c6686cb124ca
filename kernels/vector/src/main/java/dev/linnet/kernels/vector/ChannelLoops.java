package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over pixels with a value of its own for every channel. All arrays of feature maps have the
 * same channel stride, at least as many floats as a vector. A span is a run of pixels without
 * anything between them; {@code pixels} is at least 1.
 *
 * <p>Coefficients {@code k} have the channel stride as their length, several kinds behind one
 * another.
 */
final class ChannelLoops {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  private ChannelLoops() {}

  /** {@code y = x + k}. */
  static void shift(float[] x, int xo, float[] y, int yo, int pixels, int stride, float[] k) {
    for (int c = 0; c < stride; c += LANES) {
      int at = Math.min(c, stride - LANES);
      FloatVector shift = FloatVector.fromArray(S, k, at);
      int i = xo + at;
      int j = yo + at;
      for (int p = 0; p < pixels; p++, i += stride, j += stride) {
        FloatVector.fromArray(S, x, i).add(shift).intoArray(y, j);
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
}
