package dev.linnet.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number from a grid, such as a rate. The options are the numbers with six significant digits.
 *
 * @param label the name of the choice, without blanks
 * @param min the smallest value
 * @param max the largest value
 * @param points the number of values, at least 2
 * @param grid how they are spaced
 */
public record FloatRange(String label, double min, double max, int points, Grid grid)
    implements Choice {
  private static final int MOST = 10_000;
  private static final MathContext DIGITS = new MathContext(6);

  /** How the values of a range are spaced. */
  public enum Grid {
    /** Neighbours have the same difference. */
    LINEAR,
    /** Neighbours have the same ratio. */
    LOG
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty or not finite, has less than 2 or more than
   *     10,000 points, or is logarithmic and not positive
   */
  public FloatRange {
    if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException(
          "choice " + label + ": a range needs min < max, not " + min + "…" + max);
    }
    if (points < 2 || points > MOST) {
      throw new IllegalArgumentException(
          "choice " + label + ": a range has 2 to " + MOST + " points, not " + points);
    }
    if (grid == Grid.LOG && min <= 0) {
      throw new IllegalArgumentException(
          "choice " + label + ": a logarithmic range is above 0, not " + min + "…" + max);
    }
  }

  @Override
  public List<Slot> slots() {
    return List.of(
        Slot.of(
            new Gene(label, IntStream.range(0, points).mapToObj(i -> text(value(i))).toList())));
  }

  private double value(int index) {
    double part = (double) index / (points - 1);
    return grid == Grid.LINEAR ? min + part * (max - min) : min * Math.pow(max / min, part);
  }

  private static String text(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
