package dev.linnet.core.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A pool of threads that run the slices of one kernel at a time, the caller among them. With one
 * thread it starts none and runs everything in the caller. A launch allocates nothing, and does not
 * wait for a thread that has taken no slice. One launch at a time.
 *
 * <p>Each thread starts with its own part of the slices, the same part in every kernel: kernels
 * divide a batch alike, so what one has written to a core's cache, the next one finds there. A
 * thread that is done takes slices from the end of another's part. Threads look for the next launch
 * for a while before they park, because kernels follow each other closely and waking a thread takes
 * longer than most of them.
 */
public final class Workers implements AutoCloseable {
  /** How often an idle thread looks for work before it parks: some hundred microseconds. */
  private static final int SPINS = 10_000;

  /** How often it looks before it lets others run, on machines with fewer cores than threads. */
  private static final int SPINS_BETWEEN_YIELDS = 1_000;

  /** Elements from one thread's variables to the next one's: they share no cache line. */
  private static final int APART = 16;

  private static final int BITS = 20;
  private static final int MOST_SLICES = (1 << BITS) - 1;
  private static final long NEXT = 1L << BITS;

  private final Thread[] threads;

  /** Per thread: the launch's number, the first slice of its part that is left, and their end. */
  private final AtomicLongArray parts;

  private final AtomicIntegerArray parked;
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile int launch;
  private volatile boolean closed;
  private volatile Throwable failure;

  // Written before the parts are, read only by whoever holds a slice: then they cannot change.
  private HostKernel kernel;
  private Args args;
  private int pass;

  /**
   * Starts {@code threads − 1} daemon threads.
   *
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    this.threads = new Thread[threads - 1];
    this.parts = new AtomicLongArray(threads * APART);
    this.parked = new AtomicIntegerArray(threads * APART);
    for (int i = 0; i < this.threads.length; i++) {
      int self = i + 1;
      this.threads[i] = new Thread(() -> work(self), "linnet-worker-" + self);
      this.threads[i].setDaemon(true);
      this.threads[i].start();
    }
  }

  /** The number of threads, the caller included. */
  public int threads() {
    return threads.length + 1;
  }

  /** Runs all passes of a kernel to their end. */
  public void run(HostKernel kernel, Args args) {
    for (int p = 0; p < kernel.passes(); p++) {
      int count = kernel.slices(p);
      if (threads.length == 0 || count == 1 || count > MOST_SLICES) {
        for (int s = 0; s < count; s++) {
          kernel.run(args, p, s);
        }
      } else {
        split(kernel, args, p, count);
      }
    }
  }

  private void split(HostKernel kernel, Args args, int pass, int slices) {
    this.kernel = kernel;
    this.args = args;
    this.pass = pass;
    unfinished.set(slices);
    int number = launch + 1;
    int count = threads();
    for (int t = 0; t < count; t++) {
      long first = (long) slices * t / count;
      long end = (long) slices * (t + 1) / count;
      parts.set(t * APART, (long) number << 2 * BITS | first << BITS | end);
    }
    launch = number;
    for (int t = 1; t < count; t++) {
      if (parked.get(t * APART) != 0) {
        LockSupport.unpark(threads[t - 1]);
      }
    }
    drain(0);
    for (int spins = 1; unfinished.get() > 0; spins++) {
      idle(spins);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a kernel failed: " + thrown, thrown);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // correctness does not rest on it
  private static void idle(int spins) {
    if (spins % SPINS_BETWEEN_YIELDS == 0) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }

  /** Does the slices of a thread's own part, then those that others have not come to. */
  private void drain(int self) {
    int count = threads();
    for (int k = 0; k < count; k++) {
      int part = (self + k) % count * APART;
      for (int slice = take(part, k == 0); slice >= 0; slice = take(part, k == 0)) {
        try {
          kernel.run(args, pass, slice);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          unfinished.decrementAndGet();
        }
      }
    }
  }

  /** Takes the first or the last slice that is left of a part; below 0 if there is none. */
  private int take(int part, boolean first) {
    while (true) {
      long seen = parts.get(part);
      int next = (int) (seen >>> BITS) & MOST_SLICES;
      int end = (int) seen & MOST_SLICES;
      if (next >= end) {
        return -1;
      }
      if (parts.compareAndSet(part, seen, first ? seen + NEXT : seen - 1)) {
        return first ? next : end - 1;
      }
    }
  }

  private void work(int self) {
    int seen = 0;
    int spins = 0;
    while (!closed) {
      int current = launch;
      if (current != seen) {
        seen = current;
        drain(self);
        spins = 0;
      } else if (++spins < SPINS) {
        idle(spins);
      } else {
        parked.set(self * APART, 1);
        if (launch == seen && !closed) { // or a launch has seen nobody parked
          LockSupport.park(this);
        }
        parked.set(self * APART, 0);
        spins = 0;
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
