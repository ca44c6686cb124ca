package dev.linnet.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress on a terminal: one line that is drawn over and over, below the lines that stay. */
final class ProgressBar implements Display {
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final int BAR = 20;
  private static final int WIDTH = 79; // the narrowest terminal that is in use

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Remaining remaining;
  private String phase = "";
  private long total;
  private long done;
  private long drawn;
  private int shown;
  private boolean closed;

  /**
   * Progress to come.
   *
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  ProgressBar(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.remaining = new Remaining(nanoTime);
  }

  @Override
  public synchronized void phase(String what, long total) {
    this.phase = what;
    this.total = total;
    this.done = 0;
    remaining.phase();
    draw();
  }

  @Override
  public synchronized void step(long done) {
    this.done = done;
    remaining.step(done);
    if (nanoTime.getAsLong() - drawn >= PAUSE_NANOS) {
      draw();
    }
  }

  @Override
  public synchronized void remaining(double seconds) {
    remaining.set(seconds);
  }

  @Override
  public synchronized void line(String text) {
    erase();
    err.println(text);
    draw();
  }

  private void draw() {
    if (closed || phase.isEmpty()) {
      err.flush();
      return;
    }
    String counts = "";
    if (total > 0) {
      int filled = (int) (BAR * Math.min(done, total) / total);
      String bar = "#".repeat(filled) + "-".repeat(BAR - filled);
      counts = String.format(Locale.ROOT, " [%s] %d/%d", bar, done, total);
    }
    String text = phase + counts + remaining.text(done, total);
    if (text.length() > WIDTH) {
      text = text.substring(0, WIDTH);
    }
    String blanks = " ".repeat(Math.max(0, shown - text.length()));
    err.print("\r" + text + blanks + "\b".repeat(blanks.length()));
    err.flush();
    shown = text.length();
    drawn = nanoTime.getAsLong();
  }

  private void erase() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }

  @Override
  public synchronized void finish() {
    closed = true;
    erase();
    err.flush();
  }
}
