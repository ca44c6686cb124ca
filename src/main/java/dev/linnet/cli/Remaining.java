package dev.linnet.cli;

import java.util.function.LongSupplier;

/** The time that is left, counted down from the last estimate. */
final class Remaining {
  private final LongSupplier nanoTime;
  private double seconds = -1;
  private long at;

  /** Nothing is known yet. */
  Remaining(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void set(double seconds) {
    this.seconds = seconds;
    this.at = nanoTime.getAsLong();
  }

  /** {@code , 1m 05s left}; nothing where nothing is known. */
  String text() {
    if (seconds < 0) {
      return "";
    }
    return ", " + Text.duration(seconds - (nanoTime.getAsLong() - at) / 1e9) + " left";
  }
}
