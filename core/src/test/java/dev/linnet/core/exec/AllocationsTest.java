package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The canary of all tests that nothing is allocated: they must see one small array. */
final class AllocationsTest {
  private static final Args NOTHING = new Args(List.of(), null, null, null);
  private static final int SMALLEST_ARRAY = 16;

  private Object kept;

  @Test
  void workThatAllocatesNothingCountsZero() {
    float[] sum = new float[1];
    assertEquals(0, Allocations.bytesWhenWarm(() -> sum[0]++, 5));
  }

  @Test
  void oneSmallArrayInTheCallerIsSeen() {
    assertTrue(Allocations.bytesWhenWarm(() -> kept = new float[1], 1) >= SMALLEST_ARRAY);
    assertTrue(((float[]) kept).length == 1);
  }

  @Test
  void oneSmallArrayInAWorkerThreadIsSeen() {
    Thread caller = Thread.currentThread();
    CountDownLatch[] allocated = new CountDownLatch[1];
    try (Workers workers = new Workers(2)) {
      SlicedKernel kernel =
          new SlicedKernel(
              2,
              (args, slice) -> {
                if (Thread.currentThread() != caller) {
                  kept = new float[1000];
                  allocated[0].countDown();
                } else {
                  await(allocated[0]);
                }
              });
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        allocated[0] = new CountDownLatch(1);
        least = Math.min(least, Allocations.bytes(() -> workers.run(kernel, NOTHING)));
      }
      assertTrue(least >= 4000, "saw " + least + " bytes of a worker's 4,016");
    }
  }

  /** Waits until the other thread has done its slice: each of the two takes one. */
  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
