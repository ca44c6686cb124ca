package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.model.BoostedTrees;
import dev.linnet.search.model.GapScale;
import dev.linnet.search.model.Views;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Predictor-guided search after BANANAS (White, Neiswanger and Savani 2021, arXiv:1910.11858): an
 * ensemble of predictors, independent Thompson sampling, candidates that are mutations of the best.
 *
 * <p>The members are boosted trees instead of the paper's networks: fitting them takes milliseconds
 * and they do as well with a few hundred examples, so that a study of many runs is possible; see
 * {@link BoostedTrees}. They see the genotypes as {@link Views} does, with the paths of a cell, and
 * accuracies on {@link GapScale}.
 */
public final class Bananas implements Strategy {
  static final String NAME = "bananas";
  private static final int MOST_CHANGES = 3;

  /**
   * What can be set.
   *
   * @param initial random trials before the predictor is asked
   * @param members of the ensemble
   * @param parents the most accurate so far, whose mutations are candidates
   * @param candidates mutations that are drawn, from which a trial is chosen
   * @param refit answers after which the ensemble is fitted anew
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(
      int initial, int members, int parents, int candidates, int refit, int lookAhead) {
    private static final int INITIAL = 10;
    private static final int MEMBERS = 5;
    private static final int PARENTS = 10;
    private static final int CANDIDATES = 100;
    private static final int REFIT = 5;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are fewer than 2 members, or another number is
     *     below 1
     */
    public Settings {
      if (members < 2 || Math.min(Math.min(initial, parents), Math.min(candidates, refit)) < 1) {
        throw new IllegalArgumentException(
            "bananas: members %d must be at least 2, initial %d, parents %d, candidates %d and refit %d at least 1"
                .formatted(members, initial, parents, candidates, refit));
      }
      if (lookAhead < 1) {
        throw new IllegalArgumentException(
            "bananas: look-ahead must be at least 1, not " + lookAhead);
      }
    }

    /** The same for every space and number of trials. */
    public static Settings defaults() {
      return new Settings(INITIAL, MEMBERS, PARENTS, CANDIDATES, REFIT, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final Views views;
  private BoostedTrees predictor;
  private int fitted;

  /** A search of a space. */
  public Bananas(SearchSpace space, long seed, Settings settings) {
    this.space = space;
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
    this.views = new Views(space);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("initial", settings.initial());
    map.put("members", settings.members());
    map.put("parents", settings.parents());
    map.put("candidates", settings.candidates());
    map.put("refit", settings.refit());
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
    List<Member> measured = history.measured(history.horizon(settings.lookAhead()));
    boolean early = history.next() < settings.initial() || measured.isEmpty();
    Optional<Genotype> next = early ? Optional.empty() : promising(measured, random);
    return next.or(() -> history.sampleNew(random)).map(history::ask);
  }

  private Optional<Genotype> promising(List<Member> measured, RandomStream random) {
    if (predictor == null || measured.size() >= fitted + settings.refit()) {
      fit(measured, random.child("fit"));
    }
    Genotype next = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Genotype candidate : candidates(measured, random)) {
      BoostedTrees.Prediction prediction = predictor.predict(views.of(candidate));
      double drawn = prediction.mean() + prediction.deviation() * random.nextGaussian();
      if (drawn > most) {
        most = drawn;
        next = candidate;
      }
    }
    return Optional.ofNullable(next);
  }

  private void fit(List<Member> measured, RandomStream random) {
    long[][] x = measured.stream().map(m -> views.of(m.trial().genotype())).toArray(long[][]::new);
    double[] accuracies = measured.stream().mapToDouble(m -> m.outcome().accuracy()).toArray();
    predictor = BoostedTrees.fit(x, GapScale.of(accuracies), settings.members(), random);
    fitted = measured.size();
  }

  /**
   * Mutations of the best, each once, none that was asked: of one gene, and where these become few,
   * of more.
   */
  private Set<Genotype> candidates(List<Member> measured, RandomStream random) {
    List<Member> sorted = new ArrayList<>(measured);
    sorted.sort(Member.BY_ACCURACY.reversed());
    int parents = Math.min(settings.parents(), sorted.size());
    int few = 1 + settings.candidates() / 4;
    Set<Genotype> candidates = new LinkedHashSet<>();
    for (int changes = 1; changes <= MOST_CHANGES && candidates.size() < few; changes++) {
      for (int i = 0; i < settings.candidates(); i++) {
        Genotype parent = sorted.get(i % parents).trial().genotype();
        Genotype mutant = space.canonical(space.mutate(parent, changes, random));
        if (history.isNew(mutant)) {
          candidates.add(mutant);
        }
      }
    }
    return candidates;
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
