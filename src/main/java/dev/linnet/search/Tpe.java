package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Parzen estimators: of candidates that are drawn around the good genotypes, the one is tried whose
 * density among the good ones is highest in comparison with that among all others (Bergstra et al.
 * 2011, <i>Algorithms for hyper-parameter optimization</i>; with kernels over all genes at once as
 * in Falkner et al. 2018, <i>BOHB</i>, arXiv:1807.01774).
 *
 * <p>The first trials are uniformly random, and later a part of them. The model is that of the
 * highest fidelity at which enough was measured. Trials without a result count as the worst.
 */
public final class Tpe implements Learner {
  static final String NAME = "tpe";

  /**
   * What can be set.
   *
   * @param startup answers at a fidelity before its model is used
   * @param top the part of the answers that are good; half of {@code startup} at least
   * @param candidates that are compared for a trial
   * @param bandwidth the probability that a gene of a candidate differs from the good genotype
   * @param random the part of the trials that stay random
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(
      int startup, double top, int candidates, double bandwidth, double random, int lookAhead) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1, or a part is not in (0, 1)
     */
    public Settings {
      if (startup < 1 || candidates < 1 || lookAhead < 1) {
        throw new IllegalArgumentException(
            "tpe: startup %d, candidates %d and look-ahead %d must be at least 1"
                .formatted(startup, candidates, lookAhead));
      }
      if (!(top > 0 && top < 1 && bandwidth > 0 && bandwidth < 1 && random >= 0 && random < 1)) {
        throw new IllegalArgumentException(
            "tpe: top %s and bandwidth %s must be in (0, 1), random %s in [0, 1)"
                .formatted(top, bandwidth, random));
      }
    }

    /**
     * 10 answers to start with; a tenth is good, 5 at least; 24 candidates, of whose genes a fifth
     * differ; every twentieth trial is random.
     */
    public static Settings defaults() {
      return new Settings(10, 0.1, 24, 0.2, 0.05, 4);
    }
  }

  private static final Comparator<Observation> BEST_FIRST =
      Comparator.comparingDouble(Observation::accuracy)
          .reversed()
          .thenComparingInt(o -> o.trial().number());

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final Map<Integer, Double> firstFidelity = new LinkedHashMap<>();
  private final TreeMap<Double, List<Observation>> observations = new TreeMap<>();
  private int settled;

  private record Observation(Trial trial, double accuracy) {}

  /** A search of a space. */
  public Tpe(SearchSpace space, long seed, Settings settings) {
    this.space = space;
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("startup", settings.startup());
    map.put("top", settings.top());
    map.put("candidates", settings.candidates());
    map.put("bandwidth", settings.bandwidth());
    map.put("random", settings.random());
    map.put("lookAhead", settings.lookAhead());
    return map;
  }

  @Override
  public int lookAhead() {
    return settings.lookAhead();
  }

  @Override
  public Optional<Trial> ask() {
    for (int end = history.horizon(settings.lookAhead()); settled < end; settled++) {
      Outcome outcome = history.outcome(settled);
      observe(history.trial(settled), outcome, firstFidelity.get(settled));
    }
    RandomStream random = RandomStream.of(seed, NAME, history.next());
    return proposal(random).or(() -> history.sampleNew(random)).map(history::ask);
  }

  private void observe(Trial trial, Outcome outcome, double fidelity) {
    double accuracy =
        outcome instanceof Outcome.Measured m ? m.accuracy() : Double.NEGATIVE_INFINITY;
    Observation observation = new Observation(trial, accuracy);
    List<Observation> list = observations.computeIfAbsent(fidelity, f -> new ArrayList<>());
    int index = list.size();
    while (index > 0 && BEST_FIRST.compare(observation, list.get(index - 1)) < 0) {
      index--;
    }
    list.add(index, observation);
  }

  private Optional<Genotype> proposal(RandomStream random) {
    Optional<List<Observation>> known =
        observations.descendingMap().values().stream()
            .filter(list -> list.size() > settings.startup())
            .filter(list -> Double.isFinite(list.get(settings.startup() - 1).accuracy()))
            .findFirst();
    if (known.isEmpty() || random.nextDouble() < settings.random()) {
      return Optional.empty();
    }
    List<Genotype> order = known.get().stream().map(o -> o.trial().genotype()).toList();
    int top = (int) Math.ceil(settings.top() * order.size());
    int good = Math.max((settings.startup() + 1) / 2, top);
    while (!Double.isFinite(known.get().get(good - 1).accuracy())) {
      good--;
    }
    return best(order.subList(0, good), order.subList(good, order.size()), random);
  }

  private Optional<Genotype> best(List<Genotype> good, List<Genotype> bad, RandomStream random) {
    Parzen above = new Parzen(space, good, settings.bandwidth());
    Parzen below = new Parzen(space, bad, settings.bandwidth());
    Genotype best = null;
    double most = 0;
    for (int i = 0; i < settings.candidates(); i++) {
      Genotype candidate = space.canonical(above.sample(random));
      if (history.isNew(candidate)) {
        double ratio = above.at(candidate) / below.at(candidate);
        if (best == null || ratio > most) {
          best = candidate;
          most = ratio;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  @Override
  public void tell(Trial trial, Outcome outcome) {
    tell(trial, outcome, trial.fidelity());
  }

  @Override
  public void tell(Trial trial, Outcome outcome, double fidelity) {
    if (firstFidelity.containsKey(trial.number())) {
      if (firstFidelity.get(trial.number()) == fidelity) {
        throw new IllegalArgumentException("trial " + trial.number() + " was told before");
      }
      observe(history.trial(trial.number()), outcome, fidelity);
    } else {
      history.tell(trial, outcome);
      firstFidelity.put(trial.number(), fidelity);
    }
  }

  @Override
  public Optional<Genotype> recommend() {
    return history.best();
  }
}
