package dev.linnet.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Brackets one after the other. While the answers that one waits for are open, the next one begins.
 */
final class Brackets {
  private final IntFunction<Bracket> plan;
  private final Deque<Bracket> open = new ArrayDeque<>();
  private int begun;
  private boolean exhausted;

  /**
   * Brackets without end.
   *
   * @param plan gives the bracket of a number, counted from 0
   */
  Brackets(IntFunction<Bracket> plan) {
    this.plan = plan;
  }

  /** See {@link Scheduler#next}. */
  Optional<Scheduler.Job> next() {
    for (Bracket bracket : open) {
      Optional<Scheduler.Job> job = bracket.next();
      if (job.isPresent()) {
        return job;
      }
    }
    open.removeIf(Bracket::isDone);
    if (exhausted) {
      return Optional.empty();
    }
    Bracket bracket = plan.apply(begun++);
    open.add(bracket);
    return bracket.next();
  }

  /** See {@link Scheduler#exhausted}. */
  void exhausted() {
    exhausted = true;
    open.getLast().takeBack(); // those before it are past their lowest rung
    open.forEach(Bracket::exhausted);
  }

  /** See {@link Scheduler#told}. */
  void told(Scheduler.Job job, Outcome outcome) {
    open.stream()
        .filter(bracket -> bracket.number() == job.bracket())
        .forEach(bracket -> bracket.told(job, outcome));
  }
}
