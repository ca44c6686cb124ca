package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {
  private static final Args NOTHING = new Args(List.of(), null, null, null);

  /** Counts how often each slice of each of two passes is run, and that passes do not overlap. */
  private static final class Counting implements HostKernel {
    private static final int SLICES = 13;
    private final AtomicIntegerArray runs = new AtomicIntegerArray(2 * SLICES);
    private final AtomicInteger firstPass = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public int slices(int pass) {
      return SLICES - pass;
    }

    @Override
    public void run(Args args, int pass, int slice) {
      assertSame(NOTHING, args);
      runs.incrementAndGet(pass * SLICES + slice);
      if (pass == 0) {
        firstPass.incrementAndGet();
      } else if (firstPass.get() % SLICES != 0) {
        early.incrementAndGet();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everySliceRunsExactlyOnceInEveryLaunch(int threads) {
    int launches = 3_000;
    try (Workers workers = new Workers(threads)) {
      assertEquals(threads, workers.threads());
      Counting kernel = new Counting();
      for (int launch = 1; launch <= launches; launch++) {
        workers.run(kernel, NOTHING);
        for (int s = 0; s < Counting.SLICES; s++) { // all done once the launch is over
          assertEquals(launch, kernel.runs.get(s));
        }
      }
      for (int s = 0; s < Counting.SLICES - 1; s++) {
        assertEquals(launches, kernel.runs.get(Counting.SLICES + s));
      }
      assertEquals(0, kernel.runs.get(2 * Counting.SLICES - 1));
      assertEquals(0, kernel.early.get(), "slices that ran before the pass before was done");
    }
  }

  @Test
  void slicesRunAtTheSameTime() throws Exception {
    try (Workers workers = new Workers(3)) {
      CountDownLatch all = new CountDownLatch(3);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      HostKernel kernel =
          new SlicedKernel(
              3,
              (args, slice) -> {
                threads.add(Thread.currentThread());
                all.countDown();
                meet(all);
              });
      workers.run(kernel, NOTHING);
      assertEquals(3, threads.size());
      assertTrue(threads.contains(Thread.currentThread()));
    }
  }

  private static void meet(CountDownLatch all) {
    try {
      assertTrue(all.await(20, TimeUnit.SECONDS), "a thread is missing");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThreadRunsEverythingInTheCaller() {
    try (Workers workers = new Workers(1)) {
      Thread caller = Thread.currentThread();
      workers.run(
          new SlicedKernel(4, (args, slice) -> assertSame(caller, Thread.currentThread())),
          NOTHING);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFailureSurfacesAndThePoolStillWorks(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int broken = 0; broken < 5; broken++) {
        int at = broken;
        HostKernel kernel =
            new SlicedKernel(
                5,
                (args, slice) -> {
                  if (slice == at) {
                    throw new ArithmeticException("slice " + slice);
                  }
                });
        RuntimeException thrown =
            assertThrows(RuntimeException.class, () -> workers.run(kernel, NOTHING));
        assertTrue(thrown.getMessage().contains("slice " + at), thrown.getMessage());
        Counting counting = new Counting();
        workers.run(counting, NOTHING);
        for (int s = 0; s < Counting.SLICES; s++) {
          assertEquals(1, counting.runs.get(s));
        }
      }
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Workers workers = new Workers(3);
    CountDownLatch all = new CountDownLatch(3);
    workers.run(
        new SlicedKernel(
            3,
            (args, slice) -> {
              threads.add(Thread.currentThread());
              all.countDown();
              meet(all);
            }),
        NOTHING);
    threads.remove(Thread.currentThread());
    assertEquals(2, threads.size());
    workers.close();
    for (Thread thread : threads) {
      assertTrue(thread.isDaemon());
      thread.join(20_000);
      assertFalse(thread.isAlive(), thread + " is alive");
    }
  }

  @Test
  void fewerThreadsThanOneAreRefused() {
    assertEquals(
        "threads must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> new Workers(0)).getMessage());
  }
}
