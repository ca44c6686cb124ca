package dev.linnet.bench.peers;

import java.util.Map;

/** One engine made ready for one case: what is timed is {@link #run}. */
interface Contender extends AutoCloseable {
  /** Does the work of the case once, on inputs that are in place, into outputs that are. */
  void run();

  /** For how many seconds it is run at least before it is timed. */
  default double warmUpSeconds() {
    return 0;
  }

  /**
   * What the first run gave, by name: the engines must agree on it. Feature maps are in {@code [N,
   * H, W, C]} order.
   */
  Map<String, float[]> results();

  /** Frees what it holds. */
  @Override
  void close();
}
