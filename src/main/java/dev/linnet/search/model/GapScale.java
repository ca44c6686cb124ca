package dev.linnet.search.model;

import java.util.Arrays;

/**
 * Puts accuracies on a scale on which differences near the best count: minus the logarithm of 1 +
 * gap to the best / unit, then shifted and scaled to mean 0 and variance 1. The unit is a part of
 * the gap between best and median. So a space with a long tail of bad networks is not seen as a few
 * bad ones and many that are all alike, and near the best the scale is linear, as noise is.
 */
public final class GapScale {
  private static final double PART = 0.3;
  private static final double LEAST_UNIT = 1e-6;

  private GapScale() {}

  /** The accuracies on that scale, as a fresh array. */
  public static double[] of(double[] accuracies) {
    if (accuracies.length == 0) {
      return new double[0];
    }
    double[] sorted = accuracies.clone();
    Arrays.sort(sorted);
    double best = sorted[sorted.length - 1];
    double unit = Math.max(LEAST_UNIT, PART * (best - sorted[sorted.length / 2]));
    double[] scaled = Arrays.stream(accuracies).map(a -> -Math.log1p((best - a) / unit)).toArray();
    double mean = Arrays.stream(scaled).average().orElse(0);
    double variance = Arrays.stream(scaled).map(s -> (s - mean) * (s - mean)).average().orElse(0);
    double deviation = variance > 0 ? Math.sqrt(variance) : 1;
    return Arrays.stream(scaled).map(s -> (s - mean) / deviation).toArray();
  }
}
