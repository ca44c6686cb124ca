package dev.linnet.search;

import dev.linnet.search.model.ExpectedImprovement;
import dev.linnet.search.model.GaussianProcess;
import java.util.Arrays;

/** What asking a candidate promises, by the last posterior of a process. */
final class Acquisition {
  private final GaussianProcess process;
  private final boolean mayRepeat;
  private final boolean[] barred;
  private final int incumbent;
  private final double best;
  private final double widest;

  /**
   * What candidates promise.
   *
   * @param answers to the process's first questions; at least one was measured
   * @param mayRepeat whether what was measured may be asked again
   */
  Acquisition(GaussianProcess process, Answers answers, boolean mayRepeat) {
    this.process = process;
    this.mayRepeat = mayRepeat;
    this.barred = new boolean[process.candidates()];
    this.widest = Math.sqrt(process.priorVariance());
    int most = -1;
    for (int i = 0; i < answers.count(); i++) {
      int candidate = process.askedCandidate(i);
      if (!answers.isMeasured(i)) {
        barred[candidate] = true;
      } else if (most < 0 || process.mean(candidate) > process.mean(most)) {
        most = candidate;
      }
    }
    this.incumbent = most;
    this.best = process.mean(most);
  }

  /** Of the measured candidates the one with the greatest mean. */
  int incumbent() {
    return incumbent;
  }

  /**
   * The expected improvement over the incumbent; of a repeated question less, by the part of its
   * deviation that is noise; 0 for what shall not be asked.
   */
  double of(int candidate) {
    if (!isOpen(candidate)) {
      return 0;
    }
    double variance = process.variance(candidate);
    double improvement = ExpectedImprovement.of(process.mean(candidate), Math.sqrt(variance), best);
    return process.timesAsked(candidate) == 0
        ? improvement
        : improvement * (1 - Math.sqrt(process.noise() / (process.noise() + variance)));
  }

  private boolean isOpen(int candidate) {
    return process.timesAsked(candidate) == 0
        || mayRepeat && !(candidate < barred.length && barred[candidate]);
  }

  /** The best of all candidates from a number on; -1 if none promises anything. */
  int bestFrom(int first) {
    int next = -1;
    double most = 0;
    double reach = Double.POSITIVE_INFINITY;
    for (int j = first; j < process.candidates(); j++) {
      double gap = best - process.mean(j);
      if (gap <= 0 || gap * gap <= reach * reach * process.variance(j)) {
        double promise = of(j);
        if (promise > most) {
          most = promise;
          next = j;
          reach = ExpectedImprovement.reach(widest, most);
        }
      }
    }
    return next;
  }

  /** True for what was asked and for the most promising others. */
  boolean[] askedAndBest(int others) {
    double[] promises = new double[process.candidates()];
    for (int j = 0; j < promises.length; j++) {
      promises[j] = of(j);
    }
    double[] sorted = promises.clone();
    Arrays.sort(sorted);
    double least = sorted[Math.max(0, sorted.length - others)];
    boolean[] kept = new boolean[promises.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = process.timesAsked(j) > 0 || promises[j] > least;
    }
    return kept;
  }
}
