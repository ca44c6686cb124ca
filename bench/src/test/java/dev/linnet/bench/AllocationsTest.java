package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AllocationsTest {
  private Object kept = "";

  @Test
  void nothingIsNothing() {
    assertEquals(0, Allocations.of(() -> {}));
  }

  @Test
  void anArrayIsItsBytes() {
    long bytes = Allocations.of(() -> kept = new float[1000]);
    assertTrue(bytes >= 4000 && bytes < 4100, bytes + " bytes, " + kept);
  }

  @Test
  void whatOtherThreadsAllocateCounts() throws InterruptedException, ExecutionException {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      other.submit(() -> {}).get();
      long bytes =
          Allocations.of(
              () -> {
                try {
                  other.submit(() -> kept = new float[100_000]).get();
                } catch (InterruptedException | ExecutionException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertTrue(bytes >= 400_000 && bytes < 500_000, bytes + " bytes, " + kept);
    } finally {
      other.shutdown();
    }
  }
}
