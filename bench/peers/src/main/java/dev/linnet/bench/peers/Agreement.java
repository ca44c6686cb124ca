package dev.linnet.bench.peers;

import java.util.Map;

/** Whether two engines computed the same. */
final class Agreement {
  private static final double FLOOR = 1e-3;

  private Agreement() {}

  /**
   * How far two engines are apart.
   *
   * @param error the largest difference between results of one name, divided by the largest
   *     magnitude of the expected ones of that name, or by a thousandth of the largest of all where
   *     that is more: some gradients are zero but for rounding; infinity where a value is not
   *     finite
   * @param name where that is
   */
  record Difference(double error, String name) {}

  /**
   * Finds the largest difference.
   *
   * @throws IllegalArgumentException if the names or sizes are not the same
   */
  static Difference of(Map<String, float[]> actual, Map<String, float[]> expected) {
    if (!actual.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException(
          "results " + actual.keySet() + " and " + expected.keySet() + " have different names");
    }
    double floor = Float.MIN_NORMAL;
    for (float[] values : expected.values()) {
      floor = Math.max(floor, FLOOR * largest(values));
    }
    Difference worst = new Difference(0, "");
    for (Map.Entry<String, float[]> entry : expected.entrySet()) {
      String name = entry.getKey();
      double error = error(name, actual.get(name), entry.getValue(), floor);
      if (error > worst.error()) {
        worst = new Difference(error, name);
      }
    }
    return worst;
  }

  private static double error(String name, float[] actual, float[] expected, double floor) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          name + " has " + actual.length + " and " + expected.length + " values");
    }
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(actual[i]) || !Float.isFinite(expected[i])) {
        return Double.POSITIVE_INFINITY;
      }
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
    }
    return difference / Math.max(floor, largest(expected));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
