package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aging evolution: the best of a few random members of the population is mutated, and the oldest
 * member dies, however good it is (Real et al. 2019, arXiv:1802.01548).
 *
 * <p>The first trials, as many as the population has members, are uniformly random. Only measured
 * trials are parents. A mutant that was asked before is replaced by another one; where there seems
 * to be none, by a random genotype.
 */
public final class RegularizedEvolution implements Strategy {
  static final String NAME = "evolution";
  private static final int ATTEMPTS = 200;

  /**
   * What can be set.
   *
   * @param population members that live at a time
   * @param sample members that compete to be a parent
   * @param mutations choices that get another option in a child
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int population, int sample, int mutations, int lookAhead) {
    private static final int LEAST = 4;
    private static final int USUAL = 20;
    private static final int MOST = 50;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Settings {
      if (population < 1 || sample < 1 || mutations < 1 || lookAhead < 1) {
        throw new IllegalArgumentException(
            "evolution: population %d, sample %d, mutations %d and look-ahead %d must be at least 1"
                .formatted(population, sample, mutations, lookAhead));
      }
    }

    /**
     * Settings for a number of trials: a population of 20, or a quarter of the trials where they
     * are few, and more where they are more than 300, 50 at most; a quarter of it competes, as in
     * the paper.
     */
    public static Settings forTrials(int trials) {
      int few = Math.max(LEAST, Math.min(USUAL, trials / 4));
      int population = Math.max(few, Math.min(MOST, trials / 15));
      return new Settings(population, Math.max(2, population / 4), 1, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final Selection selection;
  private final Mutation mutation;
  private final Survival survival;

  /** An evolution in a space, for accuracy. */
  public RegularizedEvolution(SearchSpace space, long seed, Settings settings) {
    this(space, seed, settings, Selection.tournament(settings.sample(), Member.BY_ACCURACY));
  }

  /**
   * An evolution in a space, for several objectives: of the members that compete, one that none of
   * the others dominates is the parent.
   */
  public RegularizedEvolution(
      SearchSpace space, long seed, List<Objective> objectives, Settings settings) {
    this(space, seed, settings, Selection.nonDominated(settings.sample(), objectives));
  }

  private RegularizedEvolution(
      SearchSpace space, long seed, Settings settings, Selection selection) {
    this.space = space;
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
    this.selection = selection;
    this.mutation = Mutation.changing(space, settings.mutations());
    this.survival = Survival.youngest(settings.population());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("population", settings.population());
    map.put("sample", settings.sample());
    map.put("mutations", settings.mutations());
    map.put("lookAhead", settings.lookAhead());
    return map;
  }

  @Override
  public int lookAhead() {
    return settings.lookAhead();
  }

  @Override
  public Optional<Trial> ask() {
    int number = history.next();
    RandomStream random = RandomStream.of(seed, NAME, number);
    List<Member> measured = history.measured(history.horizon(settings.lookAhead()));
    List<Member> population = survival.survive(measured);
    Optional<Genotype> child =
        number < settings.population() || population.isEmpty()
            ? Optional.empty()
            : child(population, random);
    return child.or(() -> history.sampleNew(random)).map(history::ask);
  }

  private Optional<Genotype> child(List<Member> population, RandomStream random) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Genotype parent = selection.select(population, random).trial().genotype();
      Genotype child = space.canonical(mutation.mutate(parent, random));
      if (history.isNew(child)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
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
