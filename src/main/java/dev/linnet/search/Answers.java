package dev.linnet.search;

import dev.linnet.space.Genotype;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the first trials were answered, as a model takes it: a trial that was not measured counts as
 * a middling accuracy, so that a model expects little of the like but knows nothing bad of it. Also
 * tells whether answers are noisy, by genotypes that were asked again.
 */
final class Answers {
  private final double[] accuracies;
  private final boolean[] measured;
  private final boolean noisy;

  private Answers(double[] accuracies, boolean[] measured, boolean noisy) {
    this.accuracies = accuracies;
    this.measured = measured;
    this.noisy = noisy;
  }

  /** The answers to the first {@code count} trials, all of which were told. */
  static Answers of(History history, int count) {
    double[] accuracies = new double[count];
    boolean[] measured = new boolean[count];
    Map<Genotype, Double> first = new HashMap<>();
    boolean noisy = false;
    for (int i = 0; i < count; i++) {
      if (history.outcome(i) instanceof Outcome.Measured m) {
        measured[i] = true;
        accuracies[i] = m.accuracy();
        Double before = first.putIfAbsent(history.trial(i).genotype(), m.accuracy());
        noisy |= before != null && before != m.accuracy();
      }
    }
    double middle = middle(accuracies, measured);
    for (int i = 0; i < count; i++) {
      accuracies[i] = measured[i] ? accuracies[i] : middle;
    }
    return new Answers(accuracies, measured, noisy);
  }

  private static double middle(double[] accuracies, boolean[] measured) {
    double[] sorted =
        IntStream.range(0, measured.length)
            .filter(i -> measured[i])
            .mapToDouble(i -> accuracies[i])
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The number of trials. */
  int count() {
    return measured.length;
  }

  /** By trial; 0 if nothing was measured. */
  double[] accuracies() {
    return accuracies;
  }

  boolean isMeasured(int trial) {
    return measured[trial];
  }

  /** Whether anything was measured. */
  boolean areThere() {
    for (boolean m : measured) {
      if (m) {
        return true;
      }
    }
    return false;
  }

  /** Whether some genotype got two different answers. */
  boolean areNoisy() {
    return noisy;
  }
}
