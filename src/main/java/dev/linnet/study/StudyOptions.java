package dev.linnet.study;

import dev.linnet.estimate.table.Table;
import dev.linnet.search.Objective;
import dev.linnet.search.Strategies;
import java.util.HashSet;
import java.util.List;

/**
 * What a study compares.
 *
 * @param table what answers
 * @param goals what is wanted; see {@link Goal#parse}
 * @param strategies their names
 * @param trials queries of a strategy in one repeat
 * @param repeats how often each strategy runs, with seeds of its own
 * @param seed of everything random
 * @param threads that run repeats; the result does not depend on it
 */
public record StudyOptions(
    Table table,
    List<Goal> goals,
    List<String> strategies,
    int trials,
    int repeats,
    long seed,
    int threads) {

  /**
   * Checks names and numbers.
   *
   * @throws IllegalArgumentException in one line: a strategy is unknown, named twice or for one
   *     objective where there are several, there is none, or a number is below 1
   */
  public StudyOptions {
    goals = List.copyOf(goals);
    strategies = List.copyOf(strategies);
    if (strategies.isEmpty()) {
      throw new IllegalArgumentException("study: at least one strategy is needed");
    }
    for (String name : strategies) {
      Strategies.check(name, objectives(goals));
    }
    if (new HashSet<>(strategies).size() < strategies.size()) {
      throw new IllegalArgumentException("study: a strategy is named twice in " + strategies);
    }
    if (trials < 1 || repeats < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "study: trials %d, repeats %d and threads %d must be at least 1"
              .formatted(trials, repeats, threads));
    }
  }

  /** What strategies are told of the goals. */
  static List<Objective> objectives(List<Goal> goals) {
    return goals.stream().map(Goal::objective).toList();
  }
}
