package dev.linnet.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * The mean of what repetitions with other seeds gave, and its 95 % confidence interval after
 * Student: it says how much a result depends on the seed, and nothing of other data.
 *
 * @param count of repetitions
 * @param mean over them; not a number where there are none
 * @param low the lower end; not a number with fewer than two
 * @param high the upper end; not a number with fewer than two
 */
public record SeedInterval(int count, double mean, double low, double high) {
  /** The quantile 0.975 of Student's distribution with 1, 2, … degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /** The interval of some values, one a repetition. */
  public static SeedInterval of(double... values) {
    int count = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (count < 2) {
      return new SeedInterval(count, mean, Double.NaN, Double.NaN);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double reach = student(count - 1) * Math.sqrt(squares / (count - 1) / count);
    return new SeedInterval(count, mean, mean - reach, mean + reach);
  }

  /** Beyond the table by the first terms of its expansion (Cornish and Fisher 1938). */
  static double student(int freedom) {
    double normal = 1.959964;
    return freedom <= STUDENT.length
        ? STUDENT[freedom - 1]
        : normal + 2.372271 / freedom + 2.822502 / ((double) freedom * freedom);
  }

  /** The interval without what lies beyond possible values. */
  SeedInterval within(double least, double most) {
    return new SeedInterval(count, mean, Math.max(low, least), Math.min(high, most));
  }

  /** Whether there is an interval, and it has a number. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** As an object with {@code mean}, {@code low} and {@code high}; null where there is none. */
  ObjectNode node() {
    ObjectNode node = Event.object();
    put(node, "mean", mean);
    put(node, "low", low);
    put(node, "high", high);
    return node;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, Math.rint(value * 1e6) / 1e6);
    } else {
      node.putNull(name);
    }
  }
}
