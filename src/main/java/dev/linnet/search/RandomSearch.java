package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.Map;
import java.util.Optional;

/**
 * Uniformly random genotypes, none twice: the baseline of every search (Li and Talwalkar 2019,
 * arXiv:1902.07638).
 */
public final class RandomSearch implements Strategy {
  static final String NAME = "random";

  private final long seed;
  private final History history;

  /** A random search of a space. */
  public RandomSearch(SearchSpace space, long seed) {
    this.seed = seed;
    this.history = new History(space);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  /** No trial depends on another's outcome. */
  @Override
  public int lookAhead() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<Trial> ask() {
    return history.sampleNew(RandomStream.of(seed, NAME, history.next())).map(history::ask);
  }

  @Override
  public void tell(Trial trial, Outcome outcome) {
    history.tell(trial, outcome);
  }

  @Override
  public Optional<Genotype> recommend() {
    return history.best();
  }
}
