package dev.linnet.cli;

import dev.linnet.search.Progress;

/** Progress on stderr, until it is finished. Safe for use by several threads. */
interface Display extends Progress, AutoCloseable {
  /** Leaves nothing unfinished on the screen: results may follow. */
  void finish();

  /** As {@link #finish}. */
  @Override
  default void close() {
    finish();
  }
}
