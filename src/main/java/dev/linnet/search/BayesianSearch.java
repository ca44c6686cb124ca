package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.model.GapScale;
import dev.linnet.search.model.GaussianProcess;
import dev.linnet.search.model.Views;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bayesian optimization with a Gaussian process over several views of a genotype (its genes, how
 * often options occur, the paths of a cell): the next trial is the one with the greatest expected
 * improvement (Jones et al. 1998), and what is recommended is the genotype whose value the model
 * takes for the greatest, not the one with the luckiest answer.
 *
 * <p>The kernel is fitted by marginal likelihood, again and again while answers are few; accuracies
 * are seen by their gap to the best ({@link GapScale}). A few trials ask again what was asked: if
 * the answers differ, they are noisy, and good genotypes are asked as often as that promises more
 * than a new one (augmented expected improvement, Huang et al. 2006, <i>Global optimization of
 * stochastic black-box systems via sequential kriging meta-models</i>); if they do not, nothing is
 * asked twice from then on.
 *
 * <p>The first trials are random genotypes that lie far apart. Trials that are open lower the
 * variance around them, so that the next one asks something else. A trial that was not measured
 * counts as the median of those that were.
 */
public final class BayesianSearch implements Strategy {
  static final String NAME = "bayes";
  private static final int DRAWN = 20;
  private static final int CLIMB = 6;
  private static final double REFIT = 1.3;
  private static final int LAST_FIT = 100;
  private static final int KEPT = 1024;

  /**
   * What can be set.
   *
   * @param initial random trials before the model is asked
   * @param repeats trials that ask again to learn whether answers are noisy; 0 if nothing shall
   *     ever be asked twice
   * @param candidates random genotypes from which the choice starts in a large space
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int initial, int repeats, int candidates, int lookAhead) {
    private static final int INITIAL = 10;
    private static final int REPEATS = 2;
    private static final int CANDIDATES = 1000;
    private static final int LOOK_AHEAD = 2;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code repeats} is below 0 or another number below 1
     */
    public Settings {
      if (initial < 1 || repeats < 0 || candidates < 1 || lookAhead < 1) {
        throw new IllegalArgumentException(
            "bayes: initial %d, candidates %d and look-ahead %d must be at least 1, repeats %d at least 0"
                .formatted(initial, candidates, lookAhead, repeats));
      }
    }

    /** The same for every space and number of trials. */
    public static Settings defaults() {
      return new Settings(INITIAL, REPEATS, CANDIDATES, LOOK_AHEAD);
    }
  }

  private final long seed;
  private final Settings settings;
  private final History history;
  private final Views views;
  private final GaussianProcess process;
  private final Candidates candidates;
  private int nextFit;

  /** A search of a space. */
  public BayesianSearch(SearchSpace space, long seed, Settings settings) {
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
    this.views = new Views(space);
    this.process = new GaussianProcess(views);
    this.candidates = new Candidates(space, views, process);
    this.nextFit = settings.initial();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("initial", settings.initial());
    map.put("repeats", settings.repeats());
    map.put("candidates", settings.candidates());
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
    Answers answers = Answers.of(history, history.horizon(settings.lookAhead()));
    boolean early = history.next() < settings.initial();
    Optional<Genotype> next =
        early || !answers.areThere() ? farFromAsked(random) : promising(answers);
    return next.or(() -> history.sampleNew(random)).map(history::ask);
  }

  /** Of some random candidates the one that is farthest from all that were asked. */
  private Optional<Genotype> farFromAsked(RandomStream random) {
    startCandidates();
    List<long[]> asked = new ArrayList<>();
    for (int i = 0; i < history.next(); i++) {
      asked.add(candidates.seen(candidates.number(history.trial(i).genotype())));
    }
    int farthest = -1;
    double most = -1;
    for (int i = 0; i < DRAWN; i++) {
      int candidate = random.nextInt(candidates.size());
      long[] own = candidates.seen(candidate);
      double distance = asked.stream().mapToDouble(a -> views.distance(own, a)).min().orElse(0);
      if (history.isNew(candidates.genotype(candidate)) && distance > most) {
        most = distance;
        farthest = candidate;
      }
    }
    return farthest < 0 ? Optional.empty() : Optional.of(candidates.genotype(farthest));
  }

  private void startCandidates() {
    if (candidates.size() == 0) {
      candidates.start(settings.candidates(), RandomStream.of(seed, NAME));
    }
  }

  private Optional<Genotype> promising(Answers answers) {
    askProcess();
    double[] y = GapScale.of(answers.accuracies());
    if (y.length >= nextFit && y.length <= LAST_FIT) {
      process.fit(y);
      nextFit = (int) (REFIT * y.length) + 1;
    }
    process.posterior(y);
    boolean mayRepeat =
        settings.repeats() > 0 && (answers.areNoisy() || process.repeats() < settings.repeats());
    Acquisition acquisition = new Acquisition(process, answers, mayRepeat);
    if (candidates.isFull()) {
      candidates.retain(acquisition.askedAndBest(KEPT));
      acquisition = new Acquisition(process, answers, mayRepeat);
    }
    candidates.expand(acquisition.incumbent());
    int next = acquisition.bestFrom(0);
    for (int i = 0; i < CLIMB && next >= 0; i++) {
      int first = candidates.size();
      int better = candidates.expand(next) ? acquisition.bestFrom(first) : -1;
      if (better < 0 || acquisition.of(better) <= acquisition.of(next)) {
        break;
      }
      next = better;
    }
    return next < 0 ? Optional.empty() : Optional.of(candidates.genotype(next));
  }

  /** Lets the process know of all trials so far. */
  private void askProcess() {
    startCandidates();
    for (int i = process.asked(); i < history.next(); i++) {
      process.ask(candidates.number(history.trial(i).genotype()));
    }
  }

  @Override
  public void tell(Trial trial, Outcome outcome) {
    history.tell(trial, outcome);
  }

  /**
   * Of the genotypes that were measured, the one that the model expects to be the most accurate;
   * before there is a model, the one with the highest accuracy.
   */
  @Override
  public Optional<Genotype> recommend() {
    Answers answers = Answers.of(history, history.told());
    if (process.asked() == 0 || !answers.areThere()) {
      return history.best();
    }
    askProcess();
    double[] means = process.meansOfAsked(GapScale.of(answers.accuracies()));
    int best = -1;
    for (int i = 0; i < means.length; i++) {
      best = answers.isMeasured(i) && (best < 0 || means[i] > means[best]) ? i : best;
    }
    return Optional.of(history.trial(best).genotype());
  }
}
