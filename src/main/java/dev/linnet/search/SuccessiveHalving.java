package dev.linnet.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Many genotypes at a low fidelity, the best part of them at a higher one, and so on up to a full
 * evaluation; then again with new ones (Jamieson and Talwalkar 2016, arXiv:1502.07943).
 */
public final class SuccessiveHalving implements Scheduler {
  static final String NAME = "halving";

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
     * @throws IllegalArgumentException if they are too small, or too large for a bracket
     */
    public Settings {
      Fidelities.check(NAME, eta, rungs);
    }

    /** Fidelities 1/9, 1/3 and 1, with 9, 3 and 1 genotypes. */
    public static Settings defaults() {
      return new Settings(ETA, RUNGS);
    }
  }

  private final Settings settings;
  private final Brackets brackets = new Brackets(this::bracket);

  /** A scheduler. */
  public SuccessiveHalving(Settings settings) {
    this.settings = settings;
  }

  private Bracket bracket(int number) {
    int rungs = settings.rungs();
    int size = Fidelities.power(settings.eta(), rungs - 1);
    int[] sizes = Fidelities.sizes(settings.eta(), rungs, size);
    return new Bracket(number, sizes, Fidelities.rising(settings.eta(), rungs));
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
