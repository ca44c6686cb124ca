package dev.linnet.estimate.table;

/**
 * The unit of a measure, and how its values become accuracies: numbers in [0, 1], high for good.
 *
 * @param unit for people, such as {@code %} or {@code ms}; may be empty
 * @param maximize whether it is to be high
 * @param low the least value that there can be; {@code -Infinity} if that is not known
 * @param high the greatest value; {@code Infinity} if that is not known
 */
public record Scale(String unit, boolean maximize, double low, double high) {
  /** A percentage that is to be high. */
  public static final Scale PERCENT = new Scale("%", true, 0, 100);

  /** A fraction of 1 that is to be high. */
  public static final Scale FRACTION = new Scale("", true, 0, 1);

  /** Milliseconds, to be low. */
  public static final Scale MILLISECONDS = new Scale("ms", false, 0, Double.POSITIVE_INFINITY);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Scale {
    if (!(low < high)) {
      throw new IllegalArgumentException("scale: the range " + low + "…" + high + " is empty");
    }
  }

  /** Whether both ends are known, so that {@link #accuracy} can be said. */
  public boolean bounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Whether a value is in the range; NaN is not. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /**
   * The place of a value in the range: 1 at its good end, 0 at the other.
   *
   * @throws IllegalStateException if an end of the range is not known
   */
  public double accuracy(double value) {
    if (!bounded()) {
      throw new IllegalStateException("scale: a range without an end has no accuracy");
    }
    double part = (value - low) / (high - low);
    return maximize ? part : 1 - part;
  }

  /** How much worse {@code value} is than {@code best}; negative if it is better. */
  public double regret(double best, double value) {
    return maximize ? best - value : value - best;
  }
}
