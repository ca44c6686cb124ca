package dev.linnet.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Progress where there is no terminal: one line for each phase, and one now and then while it
 * lasts.
 */
final class PlainProgress implements Display {
  private static final long PAUSE_NANOS = 15_000_000_000L;

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Remaining remaining;
  private String phase = "";
  private long total;
  private long printed;

  /**
   * Progress to come.
   *
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  PlainProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.remaining = new Remaining(nanoTime);
  }

  @Override
  public synchronized void phase(String what, long total) {
    this.phase = what;
    this.total = total;
    remaining.phase();
    print(what + (total > 0 ? " (" + Text.count(total) + ")" : "") + remaining.text(0, total));
  }

  @Override
  public synchronized void step(long done) {
    remaining.step(done);
    if (nanoTime.getAsLong() - printed >= PAUSE_NANOS) {
      print(phase + ": " + done + (total > 0 ? "/" + total : "") + remaining.text(done, total));
    }
  }

  @Override
  public synchronized void remaining(double seconds) {
    remaining.set(seconds);
  }

  @Override
  public synchronized void line(String text) {
    print(text);
  }

  private void print(String text) {
    err.println(text);
    err.flush();
    printed = nanoTime.getAsLong();
  }

  @Override
  public void finish() {}
}
