package dev.linnet.search;

import dev.linnet.data.LoadedData;
import dev.linnet.space.SearchSpace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to search, and how.
 *
 * @param data what the networks are for
 * @param space which networks there are
 * @param strategy the name of the search strategy; see {@link Strategies}
 * @param objectives what networks are to be good at, accuracy among them
 * @param constraints what a network may cost
 * @param seed of everything random
 * @param threads of the backend
 * @param backend its name, or {@code auto}
 * @param trials evaluations, for the strategy and again for random search; empty: as many as suit
 * @param budget the time for the whole command; empty: a plan that follows from the data alone
 * @param command the command line, for the report
 * @param execution how candidates are evaluated
 */
public record SearchOptions(
    LoadedData data,
    SearchSpace space,
    String strategy,
    List<Objective> objectives,
    Constraints constraints,
    long seed,
    int threads,
    String backend,
    OptionalInt trials,
    Optional<Duration> budget,
    String command,
    Execution execution) {
  /** Fewer trials than this leave nothing to choose from. */
  private static final int LEAST_TRIALS = 2;

  /** Options whose candidates are evaluated one after the other, within no limits but the heap. */
  public SearchOptions(
      LoadedData data,
      SearchSpace space,
      String strategy,
      List<Objective> objectives,
      Constraints constraints,
      long seed,
      int threads,
      String backend,
      OptionalInt trials,
      Optional<Duration> budget,
      String command) {
    this(
        data,
        space,
        strategy,
        objectives,
        constraints,
        seed,
        threads,
        backend,
        trials,
        budget,
        command,
        Execution.plain());
  }

  /** The same, with candidates evaluated by processes that a command line starts. */
  public SearchOptions isolated(List<String> worker) {
    Execution how =
        new Execution(
            execution.parallel(),
            execution.trialTime(),
            execution.trialMemory(),
            Optional.of(worker));
    return new SearchOptions(
        data,
        space,
        strategy,
        objectives,
        constraints,
        seed,
        threads,
        backend,
        trials,
        budget,
        command,
        how);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value and what would be right
   */
  public SearchOptions {
    objectives = List.copyOf(objectives);
    if (!objectives.contains(Objective.ACCURACY)) {
      throw new IllegalArgumentException(
          "objectives: accuracy must be one of them, not only " + Objective.text(objectives));
    }
    Strategies.check(strategy, objectives);
    if (trials.isPresent() && trials.getAsInt() < LEAST_TRIALS) {
      throw new IllegalArgumentException(
          "trials: at least " + LEAST_TRIALS + " are needed, not " + trials.getAsInt());
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    if (budget.isPresent() && (budget.get().isNegative() || budget.get().isZero())) {
      throw new IllegalArgumentException("budget: must be positive, is " + budget.get());
    }
  }

  /** The same for accuracy alone. */
  public SearchOptions(
      LoadedData data,
      SearchSpace space,
      String strategy,
      Constraints constraints,
      long seed,
      int threads,
      String backend,
      OptionalInt trials,
      Optional<Duration> budget,
      String command) {
    this(
        data,
        space,
        strategy,
        List.of(Objective.ACCURACY),
        constraints,
        seed,
        threads,
        backend,
        trials,
        budget,
        command);
  }

  /** Whether candidates' latencies have to be measured. */
  boolean needsLatency() {
    return objectives.contains(Objective.LATENCY) || constraints.maxLatencyMs().isPresent();
  }
}
