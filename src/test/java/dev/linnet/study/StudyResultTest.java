package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StudyResultTest {
  @Test
  void theMedianToTheOptimumIsWhenHalfOfTheRepeatsHadAskedIt() {
    assertEquals(OptionalDouble.of(7), StudyResult.medianToOptimum(new int[] {9, 3, 7}));
    assertEquals(OptionalDouble.of(3), StudyResult.medianToOptimum(new int[] {9, 3, 7, 2}));
    assertEquals(OptionalDouble.of(9), StudyResult.medianToOptimum(new int[] {9, 0, 7, 0}));
    assertEquals(OptionalDouble.empty(), StudyResult.medianToOptimum(new int[] {0, 0, 7, 2, 0}));
    assertEquals(OptionalDouble.empty(), StudyResult.medianToOptimum(new int[] {0}));
  }
}
