package dev.linnet.search;

import java.util.Optional;

/**
 * One round of successive halving: a number of new genotypes at a low fidelity, then the best of
 * them at a higher one, and so on. A rung begins when the one below is answered.
 */
final class Bracket {
  private final int number;
  private final int[] sizes;
  private final double[] fidelities;
  private Rung results = new Rung();

  /** The rung below, whose best are promoted into this one; null in the lowest. */
  private Rung below;

  private int rung;
  private int asked;
  private int told;
  private boolean exhausted;

  /**
   * A bracket.
   *
   * @param number for its jobs
   * @param sizes evaluations of every rung at most, falling
   * @param fidelities of every rung, rising
   */
  Bracket(int number, int[] sizes, double[] fidelities) {
    this.number = number;
    this.sizes = sizes;
    this.fidelities = fidelities;
  }

  int number() {
    return number;
  }

  /** Whether all rungs are answered. */
  boolean isDone() {
    return isLast() && isAskedWhole() && told == asked;
  }

  private boolean isLast() {
    return rung == sizes.length - 1;
  }

  private boolean isAskedWhole() {
    return asked == sizes[rung] || rung == 0 && exhausted;
  }

  /** The next evaluation; empty if answers have to be waited for, or all is done. */
  Optional<Scheduler.Job> next() {
    boolean decided = told == asked || exhausted && told > 0;
    if (isAskedWhole() && decided && !isLast()) {
      below = results;
      results = new Rung();
      rung++;
      asked = 0;
      told = 0;
    }
    if (isAskedWhole()) {
      return Optional.empty();
    }
    Optional<Trial> promoted = rung == 0 ? Optional.empty() : below.promote(sizes[rung]);
    if (rung > 0 && promoted.isEmpty()) {
      sizes[rung] = asked; // fewer were measured than could be promoted
      return next();
    }
    asked++;
    return Optional.of(new Scheduler.Job(number, rung, fidelities[rung], promoted));
  }

  /** Takes the last evaluation back, which wanted a new genotype. */
  void takeBack() {
    asked--;
  }

  /** There are no new genotypes any more: from now on a rung is decided without open answers. */
  void exhausted() {
    exhausted = true;
  }

  /** Takes an answer; one that comes after its rung was decided has no effect. */
  void told(Scheduler.Job job, Outcome outcome) {
    if (job.rung() == rung) {
      told++;
      results.add(job.proposal().orElseThrow(), outcome);
    }
  }
}
