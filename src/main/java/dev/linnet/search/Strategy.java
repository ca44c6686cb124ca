package dev.linnet.search;

import java.util.Map;
import java.util.Optional;

/**
 * Decides what to try next, knowing nothing of how it is evaluated.
 *
 * <pre>{@code
 * for (Optional<Trial> t = strategy.ask(); t.isPresent(); t = strategy.ask()) {
 *   strategy.tell(t.get(), evaluate(t.get().genotype()));
 * }
 * }</pre>
 *
 * <p>Trial n depends on the strategy's seed and settings and on what was told of trials up to
 * {@code n - lookAhead()}, on nothing else. So up to {@code lookAhead()} trials may be open at a
 * time and may be told in any order: the history is the same however many really are open, and a
 * run is resumed by asking again and telling what is known.
 *
 * <p>Instances are mutable and belong to one thread.
 */
public interface Strategy {

  /** A short name, such as {@code evolution}. */
  String name();

  /** What was set, by name, in a fixed order: strings and numbers. */
  Map<String, Object> settings();

  /** How many trials may be asked before the first of them is told; at least 1. */
  int lookAhead();

  /**
   * The next trial; no canonical genotype is asked twice.
   *
   * @return empty if no genotype is left that was not asked yet
   * @throws IllegalStateException if the trial {@code lookAhead()} before this one is not told yet
   */
  Optional<Trial> ask();

  /**
   * Takes the answer to a trial.
   *
   * @throws IllegalArgumentException if the trial was not asked or was told before
   */
  void tell(Trial trial, Outcome outcome);
}
