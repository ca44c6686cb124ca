package dev.linnet.core.exec;

import java.util.List;

/**
 * A kernel on the CPU, divided into slices that may run at the same time. The division depends on
 * the operation and its layouts, never on the number of threads, and no two slices write the same
 * element: results are bit-identical for any number of threads.
 */
public interface HostKernel {
  /** Floats of scratch memory that a launch needs. */
  default int workspace() {
    return 0;
  }

  /** The inputs that {@link #prepare} reads; see {@link Kernel#prepares}. */
  default List<Integer> prepares() {
    return List.of();
  }

  /** Floats of {@link Args#prepared()}. */
  default int prepared() {
    return 0;
  }

  /** The number of slices of the preparation. */
  default int preparations() {
    return 1;
  }

  /** Does one slice of {@link Kernel#prepare}. Allocates nothing. */
  default void prepare(Args args, int slice) {}

  /**
   * The number of passes; all slices of a pass are done before the next pass starts. More than one
   * where a pass prepares what the next one reads: packed weights, partial sums.
   */
  default int passes() {
    return 1;
  }

  /** The number of slices of a pass. Work below about 20 µs a slice is better left whole. */
  default int slices(int pass) {
    return 1;
  }

  /** Does one slice of a pass. Allocates nothing. */
  void run(Args args, int pass, int slice);
}
