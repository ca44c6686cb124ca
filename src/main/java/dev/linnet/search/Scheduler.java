package dev.linnet.search;

import java.util.Map;
import java.util.Optional;

/**
 * Decides at which fidelity genotypes are evaluated, and which of them again at a higher one:
 * knowing nothing of where genotypes come from. {@link MultiFidelity} makes a strategy of it and of
 * another strategy that proposes.
 *
 * <p>Instances are mutable and belong to one strategy.
 */
public interface Scheduler {

  /**
   * An evaluation.
   *
   * @param bracket in which it is evaluated, from 0
   * @param rung of the bracket, from 0, the lowest fidelity
   * @param fidelity in (0, 1]
   * @param proposal as it was proposed; empty if a new one is wanted
   */
  record Job(int bracket, int rung, double fidelity, Optional<Trial> proposal) {
    Job of(Trial found) {
      return new Job(bracket, rung, fidelity, Optional.of(found));
    }
  }

  /** A short name, such as {@code hyperband}. */
  String name();

  /** What was set, by name, in a fixed order: strings and numbers. */
  Map<String, Object> settings();

  /** The next evaluation, which counts as begun; empty if nothing is left. */
  Optional<Job> next();

  /** Takes the last job back: it wanted a new proposal, and there will be none any more. */
  void exhausted();

  /**
   * Takes an answer.
   *
   * @param job as it was given, with the proposal that was found for it
   */
  void told(Job job, Outcome outcome);
}
