package dev.linnet.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brackets one after the other, in each of which many genotypes are evaluated at a low fidelity,
 * the best part of them at a higher one, and so on up to a full evaluation. While the answers that
 * a bracket waits for are open, the next one begins.
 *
 * <p>With one kind of bracket it is successive halving (Jamieson and Talwalkar 2016,
 * arXiv:1502.07943). With as many as there are rungs it is Hyperband, whose brackets are different
 * compromises between many genotypes and high fidelities (Li et al. 2018, arXiv:1603.06560,
 * algorithm 1).
 */
public final class Halving implements Scheduler {
  static final String NAME = "halving";
  static final String HYPERBAND = "hyperband";

  /**
   * What can be set.
   *
   * @param eta of so many genotypes one is promoted, to a fidelity as many times as high
   * @param rungs fidelities, the highest of which is 1; in the paper of Hyperband s_max + 1
   * @param brackets kinds of brackets, which take turns: 1, or as many as rungs
   */
  public record Settings(int eta, int rungs, int brackets) {
    private static final int ETA = 3;
    private static final int RUNGS = 3;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if they are too small, or too large for a bracket
     */
    public Settings {
      Fidelities.check(brackets == 1 ? NAME : HYPERBAND, eta, rungs);
      if (brackets != 1 && brackets != rungs) {
        throw new IllegalArgumentException(
            HYPERBAND + ": brackets must be 1 or rungs, which are " + rungs + ", not " + brackets);
      }
    }

    /** Fidelities 1/9, 1/3 and 1, with 9, 3 and 1 genotypes. */
    public static Settings successive() {
      return new Settings(ETA, RUNGS, 1);
    }

    /** Fidelities 1/9, 1/3 and 1, in three kinds of brackets. */
    public static Settings hyperband() {
      return new Settings(ETA, RUNGS, RUNGS);
    }

    /**
     * How many genotypes each rung of a bracket evaluates.
     *
     * @param bracket from 0, the one with most rungs, to {@code brackets - 1}
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
  private final Deque<Bracket> open = new ArrayDeque<>();
  private int begun;
  private boolean exhausted;

  /** A scheduler. */
  public Halving(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return settings.brackets() == 1 ? NAME : HYPERBAND;
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
    for (Bracket bracket : open) {
      Optional<Job> job = bracket.next();
      if (job.isPresent()) {
        return job;
      }
    }
    open.removeIf(Bracket::isDone);
    if (exhausted) {
      return Optional.empty();
    }
    Bracket bracket = bracket(begun++);
    open.add(bracket);
    return bracket.next();
  }

  private Bracket bracket(int number) {
    int[] sizes = settings.sizes(number % settings.brackets());
    return new Bracket(number, sizes, Fidelities.rising(settings.eta(), sizes.length));
  }

  @Override
  public void exhausted() {
    exhausted = true;
    open.getLast().takeBack(); // those before it are past their lowest rung
    open.forEach(Bracket::exhausted);
  }

  @Override
  public void told(Job job, Outcome outcome) {
    open.stream()
        .filter(bracket -> bracket.number() == job.bracket())
        .forEach(bracket -> bracket.told(job, outcome));
  }
}
