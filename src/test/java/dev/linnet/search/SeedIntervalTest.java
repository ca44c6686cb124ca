package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class SeedIntervalTest {
  @Test
  void itIsStudents() {
    SeedInterval interval = SeedInterval.of(1, 2, 3, 4); // s = 1.29099, t = 3.182
    assertEquals(2.5, interval.mean());
    assertEquals(2.5 - 3.182 * 1.290994 / 2, interval.low(), 1e-5);
    assertEquals(2.5 + 3.182 * 1.290994 / 2, interval.high(), 1e-5);
    assertTrue(interval.contains(1) && !interval.contains(0));
  }

  @Test
  void quantilesBeyondTheTableAreThoseOfLargerTables() {
    assertEquals(2.0395, SeedInterval.student(31), 2e-4);
    assertEquals(2.0086, SeedInterval.student(50), 2e-4);
    assertEquals(1.9840, SeedInterval.student(100), 2e-4);
  }

  @Test
  void aSingleRunHasNoIntervalAndNoneHasNoMean() {
    SeedInterval one = SeedInterval.of(0.5);
    assertEquals(0.5, one.mean());
    assertFalse(one.contains(0.5));
    assertEquals("{\"mean\":0.5,\"low\":null,\"high\":null}", one.node().toString());
    assertTrue(SeedInterval.of().node().get("mean").isNull());
  }

  /** Of 2,000 intervals of five draws 95 % have the true mean: within four standard errors. */
  @Test
  void nineteenOfTwentyIntervalsHaveTheTrueMean() {
    RandomStream random = RandomStream.of(3);
    int hits = 0;
    for (int i = 0; i < 2000; i++) {
      double[] draws = new double[5];
      for (int k = 0; k < draws.length; k++) {
        for (int j = 0; j < 12; j++) {
          draws[k] += random.nextInt(1000) / 999.0 - 0.5; // about normal
        }
      }
      hits += SeedInterval.of(draws).contains(0) ? 1 : 0;
    }
    assertEquals(1900, hits, 40);
  }
}
