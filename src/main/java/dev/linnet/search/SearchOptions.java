package dev.linnet.search;

import dev.linnet.core.exec.Backends;
import dev.linnet.data.LoadedData;
import dev.linnet.space.SearchSpace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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

  /**
   * Regularized evolution for accuracy, with seed 1, on the best backend and all cores, without
   * limits.
   */
  public static SearchOptions of(LoadedData data, SearchSpace space) {
    return new SearchOptions(
        data,
        space,
        RegularizedEvolution.NAME,
        List.of(Objective.ACCURACY),
        Constraints.none(),
        1,
        Runtime.getRuntime().availableProcessors(),
        Backends.AUTO,
        OptionalInt.empty(),
        Optional.empty(),
        "library call",
        Execution.plain());
  }

  /**
   * The same but for what is set anew.
   *
   * @throws IllegalArgumentException if that makes no sense
   */
  public SearchOptions with(Consumer<Change> settings) {
    Change change = new Change(this);
    settings.accept(change);
    return change.options();
  }

  /** The same, with candidates evaluated by processes that a command line starts. */
  public SearchOptions isolated(List<String> worker) {
    return with(o -> o.execution(execution.isolated(worker)));
  }

  /** The same, with the latencies of a front measured by a process that a command line starts. */
  public SearchOptions latenciesBy(List<String> command) {
    return with(o -> o.execution(execution.measuredBy(command)));
  }

  /** What options are to be; each setter is named as the component is. */
  public static final class Change {
    private final SearchOptions before;
    private String strategy;
    private List<Objective> objectives;
    private Constraints constraints;
    private long seed;
    private int threads;
    private String backend;
    private OptionalInt trials;
    private Optional<Duration> budget;
    private String command;
    private Execution execution;

    private Change(SearchOptions before) {
      this.before = before;
      this.strategy = before.strategy;
      this.objectives = before.objectives;
      this.constraints = before.constraints;
      this.seed = before.seed;
      this.threads = before.threads;
      this.backend = before.backend;
      this.trials = before.trials;
      this.budget = before.budget;
      this.command = before.command;
      this.execution = before.execution;
    }

    private SearchOptions options() {
      return new SearchOptions(
          before.data,
          before.space,
          strategy,
          objectives,
          constraints,
          seed,
          threads,
          backend,
          trials,
          budget,
          command,
          execution);
    }

    /** Sets the name of the strategy. */
    public Change strategy(String value) {
      this.strategy = value;
      return this;
    }

    /** Sets what networks are to be good at. */
    public Change objectives(List<Objective> value) {
      this.objectives = value;
      return this;
    }

    /** Sets what a network may cost. */
    public Change constraints(Constraints value) {
      this.constraints = value;
      return this;
    }

    /** Sets the seed of everything random. */
    public Change seed(long value) {
      this.seed = value;
      return this;
    }

    /** Sets the threads of the backend. */
    public Change threads(int value) {
      this.threads = value;
      return this;
    }

    /** Sets the name of the backend. */
    public Change backend(String value) {
      this.backend = value;
      return this;
    }

    /** Sets the number of evaluations. */
    public Change trials(int value) {
      this.trials = OptionalInt.of(value);
      return this;
    }

    /** Sets the time for the whole search. */
    public Change budget(Duration value) {
      this.budget = Optional.of(value);
      return this;
    }

    /** Sets the command line. */
    public Change command(String value) {
      this.command = value;
      return this;
    }

    /** Sets how candidates are evaluated. */
    public Change execution(Execution value) {
      this.execution = value;
      return this;
    }
  }

  /** Whether candidates' latencies have to be measured. */
  boolean needsLatency() {
    return objectives.contains(Objective.LATENCY) || constraints.maxLatencyMs().isPresent();
  }
}
