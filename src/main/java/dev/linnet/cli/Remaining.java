package dev.linnet.cli;

import java.util.function.LongSupplier;

/**
 * The time that is left: counted down from an estimate for the whole run where there is one,
 * otherwise reckoned from the later steps of the phase, since the first run before the kernels are
 * compiled.
 */
final class Remaining {
  private static final double SHORTEST_SECONDS = 2;
  private static final int FEWEST_STEPS = 8;

  private final LongSupplier nanoTime;
  private double seconds = -1;
  private long at;
  private Mark earlier;
  private Mark later;

  /** When a step was done. */
  private record Mark(long done, long nanos) {}

  /**
   * Nothing is known yet.
   *
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  Remaining(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    phase();
  }

  /** An estimate for the whole run. */
  void set(double seconds) {
    this.seconds = seconds;
    this.at = nanoTime.getAsLong();
  }

  /** A phase begins. */
  void phase() {
    earlier = new Mark(0, nanoTime.getAsLong());
    later = earlier;
  }

  /** The phase has come to a step. */
  void step(long done) {
    if (done >= 2 * later.done() && done > later.done()) { // each mark at twice the one before
      earlier = later;
      later = new Mark(done, nanoTime.getAsLong());
    }
  }

  /**
   * {@code , 1m 05s left}, or {@code , 1m 05s left (phase)}; nothing where nothing is known.
   *
   * @param done steps of the phase
   * @param total all its steps; 0 where nobody knows
   */
  String text(long done, long total) {
    if (seconds >= 0) {
      return ", " + Text.duration(seconds - since(at)) + " left";
    }
    double taken = since(earlier.nanos());
    if (done < FEWEST_STEPS || done > total || taken < SHORTEST_SECONDS) {
      return "";
    }
    double step = taken / (done - earlier.done());
    return ", " + Text.duration(step * (total - done)) + " left (phase)";
  }

  private double since(long then) {
    return (nanoTime.getAsLong() - then) / 1e9;
  }
}
