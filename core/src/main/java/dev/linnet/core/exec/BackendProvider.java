package dev.linnet.core.exec;

/**
 * Makes a backend, or says why it cannot. Found by {@link java.util.ServiceLoader}; loading and
 * probing a provider must work on any JVM.
 */
public interface BackendProvider {
  /** The name that users choose it by, in lower case. */
  String name();

  /** Among usable backends, {@code auto} takes the highest. The scalar reference has 0. */
  int rank();

  /** Whether the backend works on this JVM and machine. */
  Probe probe();

  /**
   * Opens it.
   *
   * @throws IllegalStateException with the probe's reason where it is not usable
   */
  Backend create(Options options);

  /**
   * How to open a backend.
   *
   * @param threads CPU threads that one launch may use, the caller included
   */
  record Options(int threads) {
    /** Checks the range. */
    public Options {
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be at least 1, got " + threads);
      }
    }
  }

  /** The answer of {@link #probe()}. */
  sealed interface Probe {
    /**
     * It works.
     *
     * @param description which device, how wide
     */
    record Usable(String description) implements Probe {}

    /**
     * It does not.
     *
     * @param reason one line: what is missing, and what mends it
     */
    record Unusable(String reason) implements Probe {}
  }
}
