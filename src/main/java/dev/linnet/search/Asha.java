package dev.linnet.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Successive halving that never waits: a genotype is promoted as soon as it is among the best part
 * of what its rung has seen so far, otherwise a new one is tried at the lowest fidelity (Li et al.
 * 2020, <i>A system for massively parallel hyperparameter tuning</i>, arXiv:1810.05934, algorithm
 * 2). When there are no new ones any more, the best that are left are promoted.
 */
public final class Asha implements Scheduler {
  static final String NAME = "asha";

  /**
   * What can be set.
   *
   * @param eta of so many genotypes one is promoted, to a fidelity as many times as high
   * @param rungs fidelities, the highest of which is 1
   */
  public record Settings(int eta, int rungs) {
    private static final int ETA = 3;
    private static final int RUNGS = 3;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if they are too small or too large
     */
    public Settings {
      Fidelities.check(NAME, eta, rungs);
    }

    /** Fidelities 1/9, 1/3 and 1. */
    public static Settings defaults() {
      return new Settings(ETA, RUNGS);
    }
  }

  private final Settings settings;
  private final double[] fidelities;
  private final List<Rung> rungs = new ArrayList<>();
  private boolean exhausted;

  /** A scheduler. */
  public Asha(Settings settings) {
    this.settings = settings;
    this.fidelities = Fidelities.rising(settings.eta(), settings.rungs());
    for (int i = 0; i < settings.rungs(); i++) {
      rungs.add(new Rung());
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("eta", settings.eta());
    map.put("rungs", settings.rungs());
    return map;
  }

  @Override
  public Optional<Job> next() {
    for (int k = rungs.size() - 2; k >= 0; k--) {
      Rung rung = rungs.get(k);
      int best = exhausted ? rung.size() : rung.size() / settings.eta();
      Optional<Trial> promoted = rung.promote(best);
      if (promoted.isPresent()) {
        return Optional.of(new Job(0, k + 1, fidelities[k + 1], promoted));
      }
    }
    return exhausted
        ? Optional.empty()
        : Optional.of(new Job(0, 0, fidelities[0], Optional.empty()));
  }

  @Override
  public void exhausted() {
    exhausted = true;
  }

  @Override
  public void told(Job job, Outcome outcome) {
    rungs.get(job.rung()).add(job.proposal().orElseThrow(), outcome);
  }
}
