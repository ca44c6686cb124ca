package dev.linnet.core.exec;

import java.util.List;

/**
 * One operation on given layouts, made ready by a backend. Immutable, so that many programs share
 * it; a launch allocates nothing on the heap.
 */
public interface Kernel {
  /**
   * The inputs that {@link #prepare} reads, such as weights; empty where there is nothing to
   * prepare.
   */
  default List<Integer> prepares() {
    return List.of();
  }

  /** Floats of {@link Args#prepared()}. */
  default int prepared() {
    return 0;
  }

  /**
   * Brings those inputs into the form in which {@link #run} wants them. Called before the first run
   * and whenever one of them may have changed since.
   */
  default void prepare(Args args) {}

  /** Floats of scratch memory that a launch needs. */
  default int workspace() {
    return 0;
  }

  /** Computes, or enqueues the computation behind all earlier ones of its backend. */
  void run(Args args);
}
