package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertEquals(new Samples(2, 1, 9, 3, 1), Samples.of(1, 9, 1, 2));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertEquals(2.5, Samples.of(1, 4, 1, 2, 3).median());
  }

  @Test
  void aSampleOfSeveralRunsIsTheirMean() {
    Samples samples = Samples.of(10, 20, 40, 30);
    assertEquals(new Samples(3, 2, 4, 3, 10), samples);
    assertEquals(50, samples.rate(150));
  }

  @Test
  void noSamplesHaveNoMedian() {
    assertThrows(IllegalArgumentException.class, () -> Samples.of(1));
  }
}
