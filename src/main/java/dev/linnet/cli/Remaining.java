package dev.linnet.cli;

import java.util.function.LongSupplier;

/**
 * The time that is left: counted down from an estimate for the whole run where there is one,
 * otherwise reckoned from the steps of the phase so far.
 */
final class Remaining {
  private static final double SHORTEST_SECONDS = 1;

  private final LongSupplier nanoTime;
  private double seconds = -1;
  private long at;
  private long phaseBegan;

  /**
   * Nothing is known yet.
   *
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  Remaining(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** An estimate for the whole run. */
  void set(double seconds) {
    this.seconds = seconds;
    this.at = nanoTime.getAsLong();
  }

  /** A phase begins. */
  void phase() {
    phaseBegan = nanoTime.getAsLong();
  }

  /**
   * {@code , 1m 05s left}, or {@code , 1m 05s left in this phase}; nothing where nothing is known.
   *
   * @param done steps of the phase
   * @param total all its steps; 0 where nobody knows
   */
  String text(long done, long total) {
    if (seconds >= 0) {
      return ", " + Text.duration(seconds - since(at)) + " left";
    }
    double phase = since(phaseBegan);
    if (done <= 0 || done > total || phase < SHORTEST_SECONDS) {
      return "";
    }
    return ", " + Text.duration(phase / done * (total - done)) + " left in this phase";
  }

  private double since(long then) {
    return (nanoTime.getAsLong() - then) / 1e9;
  }
}
