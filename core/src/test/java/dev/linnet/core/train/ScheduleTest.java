package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  @Test
  void cosineRisesInALineAndFallsToZero() {
    Schedule schedule = new Schedule.Cosine(2, 0.2);
    assertEquals(0.02f, schedule.rate(0), 1e-6f);
    assertEquals(1.01f, schedule.rate(0.1), 1e-5f);
    assertEquals(2, schedule.rate(0.2), 1e-6f);
    assertEquals(1, schedule.rate(0.6), 1e-5f);
    assertEquals(0, schedule.rate(1 - 1e-6), 1e-5f);
    assertEquals(2, new Schedule.Cosine(2, 0).rate(0));
  }

  @Test
  void oneCycleRisesAndFallsInCosines() {
    Schedule schedule = new Schedule.OneCycle(1, 0.3);
    assertEquals(0.04f, schedule.rate(0), 1e-6f);
    assertEquals(0.52f, schedule.rate(0.15), 1e-5f);
    assertEquals(1, schedule.rate(0.3), 1e-6f);
    assertEquals(0.50005f, schedule.rate(0.65), 1e-5f);
    assertEquals(1e-4f, schedule.rate(1 - 1e-9), 1e-6f);
  }

  @Test
  void ratesArePositiveAndNoHigherThanThePeak() {
    for (Schedule schedule :
        List.of(
            new Schedule.Cosine(0.5f, 0.1),
            new Schedule.OneCycle(0.5f, 0.25),
            new Schedule.Constant(0.5f))) {
      float highest = 0;
      for (int step = 0; step < 1000; step++) {
        float rate = schedule.rate(step / 1000.0);
        assertTrue(rate > 0 && rate <= 0.5f, schedule + " at " + step + ": " + rate);
        highest = Math.max(highest, rate);
      }
      assertEquals(0.5f, highest, 1e-4f);
    }
  }

  @Test
  void peaksAndWarmUpsOutOfRangeAreRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Schedule.Cosine(0, 0.5))
            .getMessage();
    assertEquals(
        "Schedule: the peak must be positive and the warm-up in [0, 1), got 0.0, 0.5", message);
    assertThrows(IllegalArgumentException.class, () -> new Schedule.OneCycle(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.OneCycle(1, -0.1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Constant(Float.NaN));
  }
}
