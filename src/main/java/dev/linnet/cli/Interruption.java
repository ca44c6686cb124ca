package dev.linnet.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets a command end well on Ctrl-C or SIGTERM: it answers true from then on, and holds the JVM
 * until the command is done, or for two minutes at most. The JVM then ends with 128 + the signal's
 * number.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Consumer<String> notice;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "linnet-interruption");
  private volatile boolean requested;

  private Interruption(Consumer<String> notice) {
    this.notice = notice;
  }

  /**
   * Listens from now on.
   *
   * @param notice receives one line when it happens, on another thread
   */
  static Interruption listen(Consumer<String> notice) {
    Interruption interruption = new Interruption(notice);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the command shall end. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  private void interrupt() {
    requested = true;
    notice.accept("linnet: interrupted; ending with the best so far");
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        notice.accept("linnet: gave up waiting after " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command is done, with all that it prints. */
  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the JVM has just begun to end: the hook returns at once
      }
    }
  }
}
