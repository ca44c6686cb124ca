package dev.linnet.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time that a command may take, counted from the start of its JVM.
 *
 * <p>The shares are for a plan; what one phase leaves goes to the next.
 */
final class Budget {
  /** How far past its budget a run may be before it is cut. */
  private static final double TOLERANCE = 1.04;

  /** Kept free for the test, latencies and files. */
  private static final double RESERVE = 0.04;

  private final Optional<Duration> total;
  private final Instant start;

  /**
   * A budget that runs from now on, or none.
   *
   * @param spent what was already used before
   */
  Budget(Optional<Duration> total, Duration spent) {
    this.total = total;
    this.start = Instant.now().minus(spent);
  }

  /** Whether there is a limit. */
  boolean limited() {
    return total.isPresent();
  }

  /** Seconds since the start. */
  double elapsed() {
    return Duration.between(start, Instant.now()).toNanos() * 1e-9;
  }

  /** Seconds of the whole budget. */
  double seconds() {
    return total.orElseThrow().toNanos() * 1e-9;
  }

  /** Seconds that may still be planned. */
  double left() {
    return seconds() * (1 - RESERVE) - elapsed();
  }

  /** Whether the run must end now. */
  boolean over() {
    return limited() && elapsed() > seconds() * (TOLERANCE - RESERVE);
  }
}
