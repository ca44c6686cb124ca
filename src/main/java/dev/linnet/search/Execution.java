package dev.linnet.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How candidates are evaluated, and what one evaluation may take.
 *
 * @param parallel candidates at a time; the history does not depend on it
 * @param trialTime after which an evaluation is stopped: with it, the history depends on time
 * @param trialMemory bytes that training a candidate may take; empty: half of the heap
 * @param worker the command line of a process that evaluates candidates, see {@link
 *     CandidateWorker}; empty: they are evaluated in this JVM
 * @param latencies the command line of a process that measures the latencies of a front, see {@link
 *     LatencyProcess}; empty: they are measured in this JVM
 */
public record Execution(
    int parallel,
    Optional<Duration> trialTime,
    OptionalLong trialMemory,
    Optional<List<String>> worker,
    Optional<List<String>> latencies) {

  /** What an evaluation in a process of its own may take where nobody says otherwise. */
  static final Duration LONGEST_ISOLATED = Duration.ofMinutes(5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value and what would be right
   */
  public Execution {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
    }
    if (trialMemory.isPresent() && trialMemory.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "the memory of a trial must be at least 1 byte, got " + trialMemory.getAsLong());
    }
  }

  /** One after the other, without a limit of time, in half of the heap at most. */
  public static Execution plain() {
    return new Execution(
        1, Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with candidates evaluated by processes that a command line starts. */
  Execution isolated(List<String> command) {
    return new Execution(parallel, trialTime, trialMemory, Optional.of(command), latencies);
  }

  /** The same, with the latencies of a front measured by a process that a command line starts. */
  Execution measuredBy(List<String> command) {
    return new Execution(parallel, trialTime, trialMemory, worker, Optional.of(command));
  }
}
