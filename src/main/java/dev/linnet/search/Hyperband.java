package dev.linnet.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Successive halving with different compromises between many genotypes and high fidelities, one
 * after the other: from a bracket that starts with many at the lowest fidelity to one that
 * evaluates a few fully; then again (Li et al. 2018, <i>Hyperband</i>, arXiv:1603.06560, algorithm
 * 1).
 */
public final class Hyperband implements Scheduler {
  static final String NAME = "hyperband";

  /**
   * What can be set.
   *
   * @param eta of so many genotypes one is promoted, to a fidelity as many times as high
   * @param rungs fidelities, the highest of which is 1; in the paper s_max + 1
   */
  public record Settings(int eta, int rungs) {
    private static final int ETA = 3;
    private static final int RUNGS = 3;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if they are too small, or too large for a bracket
     */
    public Settings {
      Fidelities.check(NAME, eta, rungs);
    }

    /** Fidelities 1/9, 1/3 and 1. */
    public static Settings defaults() {
      return new Settings(ETA, RUNGS);
    }

    /**
     * How many genotypes each rung of a bracket evaluates.
     *
     * @param bracket from 0, the one with most rungs, to {@code rungs - 1}
     */
    public int[] sizes(int bracket) {
      int own = rungs - bracket;
      int lowest = ceil(Math.multiplyExact(rungs, Fidelities.power(eta, own - 1)), own);
      return Fidelities.sizes(eta, own, lowest);
    }

    private static int ceil(int a, int b) {
      return (a + b - 1) / b;
    }
  }

  private final Settings settings;
  private final Brackets brackets = new Brackets(this::bracket);

  /** A scheduler. */
  public Hyperband(Settings settings) {
    this.settings = settings;
  }

  private Bracket bracket(int number) {
    int[] sizes = settings.sizes(number % settings.rungs());
    return new Bracket(number, sizes, Fidelities.rising(settings.eta(), sizes.length));
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
    return brackets.next();
  }

  @Override
  public void exhausted() {
    brackets.exhausted();
  }

  @Override
  public void told(Job job, Outcome outcome) {
    brackets.told(job, outcome);
  }
}
