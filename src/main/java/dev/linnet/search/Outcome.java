package dev.linnet.search;

import dev.linnet.space.Cost;
import java.util.OptionalDouble;

/** The answer to a trial. */
public sealed interface Outcome {

  /**
   * The genotype was evaluated.
   *
   * @param accuracy on the validation images, in [0, 1]
   * @param cost of the network at inference
   * @param latencyMs milliseconds for one image, where it was measured or predicted
   */
  record Measured(double accuracy, Cost cost, OptionalDouble latencyMs) implements Outcome {

    /**
     * Checks the accuracy.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Measured {
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new IllegalArgumentException("Measured: accuracy " + accuracy + " is not in [0, 1]");
      }
    }

    /** A result without a latency. */
    public Measured(double accuracy, Cost cost) {
      this(accuracy, cost, OptionalDouble.empty());
    }
  }

  /**
   * The evaluation was given up early since it did not look promising.
   *
   * @param reason one line
   */
  record Pruned(String reason) implements Outcome {}

  /**
   * The genotype was not evaluated: it breaks a constraint or needs too much memory.
   *
   * @param reason one line
   */
  record Rejected(String reason) implements Outcome {}

  /**
   * The evaluation went wrong, such as by a loss that is not a number.
   *
   * @param reason one line
   */
  record Failed(String reason) implements Outcome {}
}
