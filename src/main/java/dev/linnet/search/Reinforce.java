package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.Controller.Draw;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Policy gradients: a network chooses the genes one after the other and is trained by REINFORCE to
 * choose what was good (Zoph and Le 2017, arXiv:1611.01578; Williams 1992).
 *
 * <p>The reward of a trial is the part of the answers so far that are worse; its advantage is the
 * reward less a moving average. The entropy bonus −β·log π is part of the reward, and a moving
 * average of its own is taken from it: the expected gradient is that of β times the entropy.
 *
 * <p>What was asked before is drawn again; where the policy knows nothing else any more, a mutation
 * of what it drew is asked, from which it does not learn. Neither does it from trials that were not
 * measured.
 */
public final class Reinforce implements Strategy {
  static final String NAME = "reinforce";
  private static final int ATTEMPTS = 30;

  /** The deviation of rewards that are uniform in [0, 1]. */
  private static final double DEVIATION = Math.sqrt(1 / 12.0);

  /**
   * What can be set.
   *
   * @param hidden units of the policy network
   * @param rate learning rate of Adam
   * @param entropy weight β of the entropy bonus, at least 0
   * @param momentum of the moving averages, in [0, 1)
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int hidden, double rate, double entropy, double momentum, int lookAhead) {
    private static final int HIDDEN = 32;
    private static final double RATE = 0.01;
    private static final double ENTROPY = 0.05;
    private static final double MOMENTUM = 0.9;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Settings {
      if (hidden < 1 || !(rate > 0) || !(entropy >= 0) || lookAhead < 1) {
        throw new IllegalArgumentException(
            "reinforce: hidden %d and look-ahead %d must be at least 1, rate %s above 0, entropy %s at least 0"
                .formatted(hidden, lookAhead, rate, entropy));
      }
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "reinforce: momentum must be in [0, 1), not " + momentum);
      }
    }

    /** The same for every space and number of trials. */
    public static Settings defaults() {
      return new Settings(HIDDEN, RATE, ENTROPY, MOMENTUM, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final Controller controller;
  private final Percentiles percentiles = new Percentiles();

  /** By trial: what the policy drew; empty where it was not asked. */
  private final List<Optional<Draw>> draws = new ArrayList<>();

  private int settled;
  private double baseline = 0.5;
  private double usualLog = Double.NaN;

  /** A search of a space. */
  public Reinforce(SearchSpace space, long seed, Settings settings) {
    this.space = space;
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
    this.controller = new Controller(space, seed, settings.hidden(), settings.rate());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("hidden", settings.hidden());
    map.put("rate", settings.rate());
    map.put("entropy", settings.entropy());
    map.put("momentum", settings.momentum());
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
      if (history.outcome(settled) instanceof Outcome.Measured measured) {
        double reward = percentiles.add(measured.accuracy());
        draws.get(settled).ifPresent(draw -> learn(draw, reward));
      }
    }
    RandomStream random = RandomStream.of(seed, NAME, history.next());
    Genotype canonical = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      Draw draw = controller.draw(random);
      canonical = space.canonical(space.genotype(draw.values()));
      if (history.isNew(canonical)) {
        draws.add(Optional.of(draw));
        return Optional.of(history.ask(canonical));
      }
    }
    draws.add(Optional.empty());
    return history.sampleNewNear(canonical, random).map(history::ask);
  }

  private void learn(Draw draw, double reward) {
    if (Double.isNaN(usualLog)) {
      usualLog = draw.logProbability();
    }
    double advantage = (reward - baseline) / DEVIATION;
    double bonus = -settings.entropy() * (draw.logProbability() - usualLog);
    controller.reinforce(draw.values(), advantage + bonus);
    baseline += (1 - settings.momentum()) * (reward - baseline);
    usualLog += (1 - settings.momentum()) * (draw.logProbability() - usualLog);
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
