package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.model.BoostedTrees;
import dev.linnet.search.model.GapScale;
import dev.linnet.search.model.Views;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
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
 * <p>The members are boosted trees instead of the paper's networks, as fitting them takes
 * milliseconds: that is what makes a study of hundreds of runs possible; see {@link BoostedTrees}.
 * They see the genotypes as {@link Views} does, with the paths of a cell, and accuracies on {@link
 * GapScale}. Candidates are all that differs from one of the best in one gene and was not asked.
 */
public final class Bananas implements Strategy {
  static final String NAME = "bananas";

  /**
   * What can be set.
   *
   * @param initial random trials before the predictor is asked
   * @param members of the ensemble
   * @param parents the most accurate so far; what differs from one of them in one gene is a
   *     candidate
   * @param refit answers after which the ensemble is fitted anew
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int initial, int members, int parents, int refit, int lookAhead) {
    private static final int INITIAL = 10;
    private static final int MEMBERS = 5;
    private static final int PARENTS = 10;
    private static final int REFIT = 10;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are fewer than 2 members, or another number is
     *     below 1
     */
    public Settings {
      if (members < 2 || Math.min(Math.min(initial, parents), refit) < 1) {
        throw new IllegalArgumentException(
            "bananas: members %d must be at least 2, initial %d, parents %d and refit %d at least 1"
                .formatted(members, initial, parents, refit));
      }
      if (lookAhead < 1) {
        throw new IllegalArgumentException(
            "bananas: look-ahead must be at least 1, not " + lookAhead);
      }
    }

    /** The same for every space and number of trials. */
    public static Settings defaults() {
      return new Settings(INITIAL, MEMBERS, PARENTS, REFIT, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final Views views;
  private final Map<Genotype, List<Genotype>> around = new HashMap<>();
  private final Map<Genotype, long[]> seen = new HashMap<>();
  private final Map<Genotype, BoostedTrees.Prediction> predictions = new HashMap<>();
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
    List<Member> best = new ArrayList<>(measured);
    best.sort(Member.BY_ACCURACY.reversed());
    Set<Genotype> candidates = new LinkedHashSet<>();
    for (Member parent : best.subList(0, Math.min(settings.parents(), best.size()))) {
      candidates.addAll(around.computeIfAbsent(parent.trial().genotype(), space::neighbours));
    }
    Genotype next = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Genotype candidate : candidates) {
      if (history.isNew(candidate)) {
        BoostedTrees.Prediction prediction = predictions.computeIfAbsent(candidate, this::predict);
        double drawn = prediction.mean() + prediction.deviation() * random.nextGaussian();
        if (drawn > most) {
          most = drawn;
          next = candidate;
        }
      }
    }
    return next == null
        ? history.sampleNewNear(best.get(0).trial().genotype(), random)
        : Optional.of(next);
  }

  private void fit(List<Member> measured, RandomStream random) {
    long[][] x = measured.stream().map(m -> seen(m.trial().genotype())).toArray(long[][]::new);
    double[] accuracies = measured.stream().mapToDouble(m -> m.outcome().accuracy()).toArray();
    predictor = BoostedTrees.fit(x, GapScale.of(accuracies), settings.members(), random);
    predictions.clear();
    fitted = measured.size();
  }

  private BoostedTrees.Prediction predict(Genotype candidate) {
    return predictor.predict(seen(candidate));
  }

  private long[] seen(Genotype genotype) {
    return seen.computeIfAbsent(genotype, views::of);
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
