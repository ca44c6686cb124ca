package dev.linnet.search;

import dev.linnet.core.exec.Backends;
import dev.linnet.data.LoadedData;
import dev.linnet.space.SearchSpace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A search as a library call. Immutable: every setting gives a new one.
 *
 * <pre>{@code
 * SearchResult found = Search.of(space, Datasets.load("digits")).trials(60).seed(7).run();
 * }</pre>
 */
public final class Search {
  private final SearchOptions options;

  private Search(SearchOptions options) {
    this.options = options;
  }

  /** Regularized evolution with seed 1 on the best backend and all cores, without a budget. */
  public static Search of(SearchSpace space, LoadedData data) {
    return new Search(
        new SearchOptions(
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
            "library call"));
  }

  /**
   * With another strategy, by name; see {@link Strategies}.
   *
   * @throws IllegalArgumentException if it is unknown, or takes one objective and there are several
   */
  public Search strategy(String name) {
    return with(
        name,
        options.objectives(),
        options.constraints(),
        options.seed(),
        options.trials(),
        options.budget());
  }

  /**
   * With a strategy that takes several objectives.
   *
   * @throws IllegalArgumentException if it is unknown or takes one, or accuracy is none of them
   */
  public Search strategy(String name, List<Objective> objectives) {
    return with(
        name,
        objectives,
        options.constraints(),
        options.seed(),
        options.trials(),
        options.budget());
  }

  /** With limits of what a network may cost. */
  public Search constraints(Constraints limits) {
    return with(
        options.strategy(),
        options.objectives(),
        limits,
        options.seed(),
        options.trials(),
        options.budget());
  }

  /** With another seed. */
  public Search seed(long seed) {
    return with(
        options.strategy(),
        options.objectives(),
        options.constraints(),
        seed,
        options.trials(),
        options.budget());
  }

  /** With a number of evaluations, for the strategy and again for random search. */
  public Search trials(int count) {
    return with(
        options.strategy(),
        options.objectives(),
        options.constraints(),
        options.seed(),
        OptionalInt.of(count),
        options.budget());
  }

  /** With a time for the whole search. */
  public Search budget(Duration time) {
    return with(
        options.strategy(),
        options.objectives(),
        options.constraints(),
        options.seed(),
        options.trials(),
        Optional.of(time));
  }

  private Search with(
      String strategy,
      List<Objective> objectives,
      Constraints constraints,
      long seed,
      OptionalInt trials,
      Optional<Duration> budget) {
    return new Search(
        new SearchOptions(
            options.data(),
            options.space(),
            strategy,
            objectives,
            constraints,
            seed,
            options.threads(),
            options.backend(),
            trials,
            budget,
            options.command()));
  }

  /**
   * Searches, in the caller's thread, and keeps nothing on disk. An interrupt of the thread ends
   * the search with the best so far; the thread's interrupt status stays set.
   *
   * @throws IllegalArgumentException if a name is unknown or the budget is too small
   * @throws IllegalStateException if no candidate could be evaluated
   */
  public SearchResult run() {
    return SearchRun.run(
        options,
        event -> {},
        Progress.none(),
        Duration.ZERO,
        () -> Thread.currentThread().isInterrupted());
  }
}
