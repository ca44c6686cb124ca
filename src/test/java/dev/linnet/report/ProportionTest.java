package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.report.Proportion.Interval;
import org.junit.jupiter.api.Test;

final class ProportionTest {
  /** Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I. */
  @Test
  void theIntervalIsWilsons() {
    Interval interval = new Proportion(81 / 263.0, 263).interval();
    assertEquals(0.2553, interval.low(), 5e-5);
    assertEquals(0.3662, interval.high(), 5e-5);
    Interval small = new Proportion(0, 20).interval();
    assertEquals(0, small.low());
    assertEquals(0.1611, small.high(), 5e-5);
  }

  /** Newcombe 1998, "Interval estimation for the difference…", table II, method 10. */
  @Test
  void theIntervalOfADifferenceIsNewcombes() {
    Interval interval = new Proportion(56 / 70.0, 70).minus(new Proportion(48 / 80.0, 80));
    assertEquals(0.0524, interval.low(), 5e-5);
    assertEquals(0.3339, interval.high(), 5e-5);
  }

  @Test
  void allCorrectIsNoCertainty() {
    Interval interval = new Proportion(1, 360).interval();
    assertEquals(1, interval.high());
    assertTrue(interval.low() < 0.99);
  }

  @Test
  void equalSharesDifferByNothing() {
    Proportion share = new Proportion(0.9, 100);
    assertTrue(share.minus(share).containsZero());
  }
}
