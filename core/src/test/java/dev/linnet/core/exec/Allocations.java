package dev.linnet.core.exec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;

/** Counts the bytes that work allocates on the heap, in the caller and in all worker threads. */
public final class Allocations {
  private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RUNS = 10;

  private Allocations() {}

  /** The bytes that one call of {@code work} allocates. */
  public static long bytes(Runnable work) {
    long[] workers = workers();
    long before = allocated(workers);
    work.run();
    return allocated(workers) - before;
  }

  private static long[] workers() {
    return Arrays.stream(BEAN.getThreadInfo(BEAN.getAllThreadIds()))
        .filter(Objects::nonNull) // a thread that has just ended
        .filter(info -> info.getThreadName().startsWith("linnet-worker-"))
        .mapToLong(ThreadInfo::getThreadId)
        .toArray();
  }

  private static long allocated(long[] workers) {
    long sum = 0;
    for (long worker : workers) {
      sum += Math.max(0, BEAN.getThreadAllocatedBytes(worker)); // below 0 where it has ended
    }
    return sum + BEAN.getCurrentThreadAllocatedBytes();
  }

  /**
   * Repeats work until {@value #RUNS} runs in a row allocate nothing.
   *
   * @param seconds to give up after: code that is compiled by then allocates for ever
   * @return the bytes of the last run that allocated, or 0 where the runs came to allocate nothing
   */
  public static long bytesWhenWarm(Runnable work, int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long last = 0;
    int clean = 0;
    while (clean < RUNS && System.nanoTime() < end) {
      long bytes = bytes(work);
      clean = bytes == 0 ? clean + 1 : 0;
      last = bytes == 0 ? last : bytes;
    }
    return clean == RUNS ? 0 : last;
  }
}
