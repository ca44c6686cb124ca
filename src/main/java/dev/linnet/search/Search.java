package dev.linnet.search;

import dev.linnet.data.LoadedData;
import dev.linnet.space.SearchSpace;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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
    return new Search(SearchOptions.of(data, space));
  }

  /**
   * With another strategy, by name; see {@link Strategies}.
   *
   * @throws IllegalArgumentException if it is unknown, or takes one objective and there are several
   */
  public Search strategy(String name) {
    return with(o -> o.strategy(name));
  }

  /**
   * With a strategy that takes several objectives.
   *
   * @throws IllegalArgumentException if it is unknown or takes one, or accuracy is none of them
   */
  public Search strategy(String name, List<Objective> objectives) {
    return with(o -> o.strategy(name).objectives(objectives));
  }

  /** With limits of what a network may cost. */
  public Search constraints(Constraints limits) {
    return with(o -> o.constraints(limits));
  }

  /** With another seed. */
  public Search seed(long seed) {
    return with(o -> o.seed(seed));
  }

  /** With a number of evaluations, for the strategy and again for random search. */
  public Search trials(int count) {
    return with(o -> o.trials(count));
  }

  /** With a time for the whole search. */
  public Search budget(Duration time) {
    return with(o -> o.budget(time));
  }

  private Search with(Consumer<SearchOptions.Change> settings) {
    return new Search(options.with(settings));
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
