package dev.linnet.core.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A pool of parked threads that run the slices of one kernel at a time, the caller among them. With
 * one thread it starts none and runs everything in the caller. A launch allocates nothing, and does
 * not wait for a thread that has taken no slice. One launch at a time.
 */
public final class Workers implements AutoCloseable {
  /**
   * How long a thread looks for the next slice before it parks: kernels follow each other closely.
   */
  private static final int SPINS = 2_000;

  private final Thread[] threads;

  /** The launch's number in the upper half, its slices that nobody has taken in the lower half. */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile boolean closed;
  private volatile Throwable failure;

  // Written before the ticket is, read only by whoever holds a slice: then they cannot change.
  private HostKernel kernel;
  private Args args;
  private int pass;
  private int slices;

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
    for (int i = 0; i < this.threads.length; i++) {
      this.threads[i] = new Thread(this::work, "linnet-worker-" + (i + 1));
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
      if (threads.length == 0 || count == 1) {
        for (int s = 0; s < count; s++) {
          kernel.run(args, p, s);
        }
      } else {
        split(kernel, args, p, count);
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields only once it has spun for long
  private void split(HostKernel kernel, Args args, int pass, int slices) {
    this.kernel = kernel;
    this.args = args;
    this.pass = pass;
    this.slices = slices;
    unfinished.set(slices);
    ticket.set(((ticket.get() >>> 32) + 1) << 32 | slices);
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    drain();
    for (int spins = 0; unfinished.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        pause();
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a kernel failed: " + thrown, thrown);
    }
  }

  /**
   * Lets others run where there are more threads than free cores; correctness does not rest on it.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause() {
    Thread.yield();
  }

  /** Takes slices and does them until none is left. */
  private void drain() {
    while (true) {
      long seen = ticket.get();
      int left = (int) seen;
      if (left == 0) {
        return;
      }
      if (ticket.compareAndSet(seen, seen - 1)) {
        try {
          kernel.run(args, pass, slices - left);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          unfinished.decrementAndGet();
        }
      }
    }
  }

  private void work() {
    int spins = 0;
    while (!closed) {
      if ((int) ticket.get() != 0) {
        drain();
        spins = 0;
      } else if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
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
