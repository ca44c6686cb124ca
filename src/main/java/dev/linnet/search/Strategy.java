package dev.linnet.search;

import dev.linnet.space.Genotype;
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
   * The next trial. A canonical genotype is asked again only where the strategy says so: at another
   * fidelity, or because answers are noisy.
   *
   * @return empty if nothing is left to ask
   * @throws IllegalStateException if the trial {@code lookAhead()} before this one is not told yet
   */
  Optional<Trial> ask();

  /**
   * Takes the answer to a trial.
   *
   * @throws IllegalArgumentException if the trial was not asked or was told before
   */
  void tell(Trial trial, Outcome outcome);

  /**
   * What the strategy takes for the best genotype so far. Unless it says otherwise, the one with
   * the highest accuracy that was measured at the highest fidelity; of equals the first.
   *
   * @return empty if nothing was measured yet
   */
  Optional<Genotype> recommend();
}
