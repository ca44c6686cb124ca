package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void theWarmUpIsNotCounted() {
    AtomicLong now = new AtomicLong();
    long[] run = {0};
    // 10 ms a run in the first 100 ms, then 1, 2, 3, 4, 5 ms in turn
    Timing timing =
        Timing.of(
            () -> now.addAndGet(run[0]++ < 10 ? 10_000_000 : (1 + run[0] % 5) * 1_000_000),
            0.1,
            0.06,
            now::get);
    assertEquals(20, timing.runs());
    assertEquals(3, timing.medianMs());
    assertEquals(2, timing.lowMs());
    assertEquals(4, timing.highMs());
  }

  @Test
  void slowThingsRunFiveTimes() {
    AtomicLong now = new AtomicLong();
    Timing timing = Timing.of(() -> now.addAndGet(7_000_000_000L), 0.1, 1, now::get);
    assertEquals(new Timing(5, 7000, 7000, 7000), timing);
  }
}
