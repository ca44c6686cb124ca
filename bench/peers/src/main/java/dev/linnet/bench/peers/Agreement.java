package dev.linnet.bench.peers;

import java.util.Map;

/** Whether two engines computed the same. */
final class Agreement {
  private Agreement() {}

  /**
   * The largest difference between results of one name, divided by the largest magnitude of the
   * expected ones of that name.
   *
   * @return infinity where a value is not finite
   * @throws IllegalArgumentException if the names or sizes are not the same
   */
  static double error(Map<String, float[]> actual, Map<String, float[]> expected) {
    if (!actual.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException(
          "results " + actual.keySet() + " and " + expected.keySet() + " have different names");
    }
    double error = 0;
    for (Map.Entry<String, float[]> entry : expected.entrySet()) {
      error = Math.max(error, error(entry.getKey(), actual.get(entry.getKey()), entry.getValue()));
    }
    return error;
  }

  private static double error(String name, float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          name + " has " + actual.length + " and " + expected.length + " values");
    }
    double largest = Float.MIN_NORMAL;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(actual[i]) || !Float.isFinite(expected[i])) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
    }
    return difference / largest;
  }
}
