package dev.linnet.core.exec;

/**
 * One operation on given layouts, made ready by a backend. Immutable, so that many programs share
 * it; a launch allocates nothing on the heap.
 */
public interface Kernel {
  /** Floats of scratch memory that a launch needs. */
  default int workspace() {
    return 0;
  }

  /** Computes, or enqueues the computation behind all earlier ones of its backend. */
  void run(Args args);
}
