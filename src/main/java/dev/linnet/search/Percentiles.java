package dev.linnet.search;

import java.util.Arrays;

/**
 * Rewards that do not depend on the scale of accuracies: the part of the answers so far that an
 * answer is better than, ties counting half.
 */
final class Percentiles {
  private double[] sorted = new double[64];
  private int count;

  /** Adds an accuracy; its reward among all that were added, in (0, 1). */
  double add(double accuracy) {
    int low = lower(accuracy);
    int high = low;
    while (high < count && sorted[high] == accuracy) {
      high++;
    }
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count);
    }
    System.arraycopy(sorted, high, sorted, high + 1, count - high);
    sorted[high] = accuracy;
    count++;
    return (low + high + 1) / (2.0 * count);
  }

  /** How many are less. */
  private int lower(double accuracy) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < accuracy) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
