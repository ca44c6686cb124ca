package dev.linnet.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that a run allocates on the heap, by all threads of the JVM. */
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * Bytes of one run; what the counting itself allocates is measured without a run and taken off.
   */
  static long of(Runnable run) {
    long[] others = others();
    count(others, () -> {});
    long nothing = count(others, () -> {});
    return Math.max(0, count(others, run) - nothing);
  }

  private static long[] others() {
    long own = Thread.currentThread().getId();
    long[] all = THREADS.getAllThreadIds();
    return java.util.Arrays.stream(all).filter(id -> id != own).toArray();
  }

  /** The sums of the others lie outside of those of the calling thread, which they allocate in. */
  private static long count(long[] others, Runnable run) {
    long before = sum(others);
    long own = THREADS.getCurrentThreadAllocatedBytes();
    run.run();
    own = THREADS.getCurrentThreadAllocatedBytes() - own;
    return own + sum(others) - before;
  }

  private static long sum(long[] threads) {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(threads)) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
