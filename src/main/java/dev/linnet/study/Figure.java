package dev.linnet.study;

import dev.linnet.core.tensor.RandomStream;
import java.util.Arrays;

/**
 * What many repeats say of one number.
 *
 * @param mean over the repeats
 * @param median over the repeats
 * @param low the lower end of the 95 % confidence interval of the mean
 * @param high its upper end
 */
public record Figure(double mean, double median, double low, double high) {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  /**
   * The figure of a sample. The interval is that of the bootstrap: the mean is taken of 1,000
   * samples that are drawn from this one with replacement, and the middle 95 % of these means are
   * the interval (Efron 1979, percentile method). The draws are the same for samples of one size.
   *
   * @param sample at least one number, not modified
   */
  public static Figure of(double[] sample) {
    double[] means = new double[RESAMPLES];
    RandomStream random = RandomStream.of(0, "bootstrap", sample.length);
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int k = 0; k < sample.length; k++) {
        sum += sample[random.nextInt(sample.length)];
      }
      means[i] = sum / sample.length;
    }
    Arrays.sort(means);
    return new Figure(
        Arrays.stream(sample).average().orElseThrow(),
        median(sample),
        quantile(means, TAIL),
        quantile(means, 1 - TAIL));
  }

  /** The number in the middle, or the mean of the two there. */
  public static double median(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }

  /** Linear between neighbours; those with infinite neighbours are infinite. */
  private static double quantile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) Math.floor(place);
    double weight = place - below;
    return weight == 0 ? sorted[below] : sorted[below] * (1 - weight) + sorted[below + 1] * weight;
  }
}
