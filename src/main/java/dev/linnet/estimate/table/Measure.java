package dev.linnet.estimate.table;

import java.util.List;

/**
 * One quantity of a table, such as the accuracy on a data set: what a search is told of it, and
 * what is reported of it, which a search never sees. Immutable.
 *
 * @param name such as {@code accuracy:cifar10} or {@code latency:fpga}
 * @param scale the unit and whether it is to be high
 * @param levels what a search is told, by fidelity from low to high; the last one is 1
 * @param reported by row: the test accuracy, or the mean over all runs where there is no split
 */
public record Measure(String name, Scale scale, List<Level> levels, double[] reported) {

  /** Copies the list; takes ownership of {@code reported}. */
  public Measure {
    levels = List.copyOf(levels);
  }

  /**
   * The answers at one fidelity.
   *
   * @param fidelity the part of a full evaluation, in (0, 1]
   * @param runs by run and row: independent measurements of the same thing
   */
  public record Level(double fidelity, double[][] runs) {}

  /**
   * The level that answers a question: the cheapest one that is at least as high as what is asked.
   *
   * @param fidelity in (0, 1]
   */
  public Level level(double fidelity) {
    for (Level level : levels) {
      if (level.fidelity() >= fidelity) {
        return level;
      }
    }
    return levels.get(levels.size() - 1);
  }

  /** How many runs there are of a full evaluation. */
  public int runs() {
    return level(1).runs().length;
  }

  /** The value of a row for reports, in the measure's own unit. */
  public double reported(int row) {
    return reported[row];
  }

  /** The bytes of the arrays. */
  long bytes() {
    long values = reported.length;
    for (Level level : levels) {
      for (double[] run : level.runs()) {
        values += run.length;
      }
    }
    return values * Double.BYTES;
  }
}
