package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hill climbing from random starts (White, Nolen and Savani 2020, <i>Exploring the loss landscape
 * in neural architecture search</i>, arXiv:2005.02960): from the best of a few random genotypes to
 * a better neighbour, until no neighbour is better; then again from new random genotypes.
 *
 * <p>Neighbours differ in one choice and are tried in random order. While the last neighbours of a
 * hilltop are not told yet, starts of the next climb are asked.
 */
public final class LocalSearch implements Strategy {
  static final String NAME = "local";

  /**
   * What can be set.
   *
   * @param starts random genotypes of which the best one is where a climb starts
   * @param wholeNeighbourhood whether all neighbours are tried before the best of them is moved to,
   *     or the first better one is
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(int starts, boolean wholeNeighbourhood, int lookAhead) {
    private static final int STARTS = 10;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Settings {
      if (starts < 1 || lookAhead < 1) {
        throw new IllegalArgumentException(
            "local: starts %d and look-ahead %d must be at least 1".formatted(starts, lookAhead));
      }
    }

    /**
     * Settings for a number of trials: a tenth of them, 1 to 10, are starts of a climb; the first
     * better neighbour is moved to.
     */
    public static Settings forTrials(int trials) {
      return new Settings(Math.max(1, Math.min(STARTS, trials / 10)), false, LOOK_AHEAD);
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;

  /** For every trial whether it is a neighbour; otherwise it is a start. */
  private final List<Boolean> neighbour = new ArrayList<>();

  private final List<Member> starts = new ArrayList<>();
  private final Deque<Genotype> neighbours = new ArrayDeque<>();
  private int settled;
  private int settledStarts;
  private int open;

  /** Where the climb stands; null between climbs. */
  private Member current;

  /** The best that this climb has seen. */
  private Member best;

  /** A local search of a space. */
  public LocalSearch(SearchSpace space, long seed, Settings settings) {
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
    map.put("starts", settings.starts());
    map.put("neighbourhood", settings.wholeNeighbourhood() ? "whole" : "first better");
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
      settle(settled);
      climb();
    }
    RandomStream random = RandomStream.of(seed, NAME, history.next());
    while (!neighbours.isEmpty()) {
      Genotype genotype = neighbours.poll();
      if (history.isNew(genotype)) {
        open++;
        neighbour.add(true);
        return Optional.of(history.ask(genotype));
      }
      climb();
    }
    neighbour.add(false);
    return history.sampleNew(random).map(history::ask);
  }

  private void settle(int number) {
    Member member =
        history.outcome(number) instanceof Outcome.Measured measured
            ? new Member(history.trial(number), measured)
            : null;
    if (!neighbour.get(number)) {
      settledStarts++;
      if (member != null) {
        starts.add(member);
      }
      return;
    }
    open--;
    best = member != null && isBetter(member, best) ? member : best;
  }

  private static boolean isBetter(Member a, Member b) {
    return a.outcome().accuracy() > b.outcome().accuracy();
  }

  /** Moves on where that is decided: to a better neighbour, off a hilltop, to a start. */
  private void climb() {
    boolean tried = neighbours.isEmpty() && open == 0;
    if (current != null && isBetter(best, current) && (tried || !settings.wholeNeighbourhood())) {
      moveTo(best);
    }
    if (current != null && neighbours.isEmpty() && open == 0) {
      current = null;
    }
    if (current == null && settledStarts >= settings.starts() && !starts.isEmpty()) {
      moveTo(starts.stream().max(Member.BY_ACCURACY).orElseThrow());
      starts.clear();
      settledStarts = 0;
    }
  }

  private void moveTo(Member member) {
    current = member;
    best = member;
    neighbours.clear();
    List<Genotype> around = space.neighbours(member.trial().genotype());
    RandomStream random = RandomStream.of(seed, "neighbours", member.trial().number());
    for (int i : random.permutation(around.size())) {
      if (history.isNew(around.get(i))) {
        neighbours.add(around.get(i));
      }
    }
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
