package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evolution for several objectives: of parents and children together those survive that are
 * dominated least, and of equally dominated ones those that lie apart from the others (Deb et al.
 * 2002, <i>A fast and elitist multiobjective genetic algorithm: NSGA-II</i>).
 *
 * <p>The first generation is uniformly random. Parents are picked by tournaments of two, crossed
 * uniformly and mutated. A child that was asked before is replaced by another one; where there
 * seems to be none, by a random genotype. Only measured trials survive: one that breaks a
 * constraint is worse than any that does not. With a look-ahead, the first children of a generation
 * have their parents from the one before.
 */
public final class Nsga2 implements Strategy {
  static final String NAME = "nsga2";
  private static final int ATTEMPTS = 200;
  private static final int TOURNAMENT = 2;

  /**
   * What can be set.
   *
   * @param population members of a generation
   * @param crossover the part of the children that have two parents
   * @param mutation the part of the children in which one choice gets another option
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int population, double crossover, double mutation, int lookAhead) {
    private static final int TRIALS = 12;
    private static final int LEAST = 8;
    private static final int MOST = 50;
    private static final double CROSSOVER = 0.9;
    private static final double MUTATION = 0.2;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1, or a part not in [0, 1]
     */
    public Settings {
      if (population < 1 || lookAhead < 1) {
        throw new IllegalArgumentException(
            "nsga2: population %d and look-ahead %d must be at least 1"
                .formatted(population, lookAhead));
      }
      if (!(crossover >= 0 && crossover <= 1 && mutation >= 0 && mutation <= 1)) {
        throw new IllegalArgumentException(
            "nsga2: crossover %s and mutation %s must be in [0, 1]".formatted(crossover, mutation));
      }
    }

    /** Settings for a number of trials: a twelfth of them, 8 to 50, are a generation. */
    public static Settings forTrials(int trials) {
      int population = Math.max(LEAST, Math.min(MOST, trials / TRIALS));
      return new Settings(population, CROSSOVER, MUTATION, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final List<Objective> objectives;
  private final Settings settings;
  private final History history;
  private final Selection selection = Selection.first(TOURNAMENT);
  private final Crossover crossover;
  private final Mutation mutation;
  private final Survival survival;
  private List<Member> survivors = List.of();
  private int generations;

  /**
   * An evolution in a space.
   *
   * @param objectives at least one
   */
  public Nsga2(SearchSpace space, long seed, List<Objective> objectives, Settings settings) {
    this.space = space;
    this.seed = seed;
    this.objectives = List.copyOf(objectives);
    this.settings = settings;
    this.history = new History(space);
    this.crossover = Crossover.uniform(space);
    this.mutation = Mutation.changing(space, 1);
    this.survival = Survival.leastDominated(settings.population(), this.objectives);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("objectives", Objective.text(objectives));
    map.put("population", settings.population());
    map.put("crossover", settings.crossover());
    map.put("mutation", settings.mutation());
    map.put("lookAhead", settings.lookAhead());
    return map;
  }

  @Override
  public int lookAhead() {
    return settings.lookAhead();
  }

  @Override
  public Optional<Trial> ask() {
    RandomStream random = RandomStream.of(seed, NAME, history.next());
    int complete = history.horizon(settings.lookAhead()) / settings.population();
    for (; generations < complete; generations++) {
      survivors = survivors(generations);
    }
    return child(random).or(() -> history.sampleNew(random)).map(history::ask);
  }

  /** Those who survive of the survivors and of the children of one more generation. */
  private List<Member> survivors(int generation) {
    int begin = generation * settings.population();
    List<Member> all = new ArrayList<>(survivors);
    for (int i = begin; i < begin + settings.population(); i++) {
      if (history.outcome(i) instanceof Outcome.Measured measured) {
        all.add(new Member(history.trial(i), measured));
      }
    }
    return survival.survive(all);
  }

  private Optional<Genotype> child(RandomStream random) {
    for (int i = 0; i < ATTEMPTS && !survivors.isEmpty(); i++) {
      Genotype child = parent(random);
      if (random.nextDouble() < settings.crossover()) {
        child = crossover.cross(child, parent(random), random);
      }
      if (random.nextDouble() < settings.mutation()) {
        child = mutation.mutate(child, random);
      }
      child = space.canonical(child);
      if (history.isNew(child)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  private Genotype parent(RandomStream random) {
    return selection.select(survivors, random).trial().genotype();
  }

  /**
   * Takes the answer to a trial.
   *
   * @throws IllegalArgumentException if the trial was not asked or was told before, or if the
   *     latency is an objective and was not measured
   */
  @Override
  public void tell(Trial trial, Outcome outcome) {
    if (outcome instanceof Outcome.Measured measured) {
      Objective.losses(objectives, measured);
    }
    history.tell(trial, outcome);
  }

  @Override
  public Optional<Genotype> recommend() {
    return history.best();
  }
}
