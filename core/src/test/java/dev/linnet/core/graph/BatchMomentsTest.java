package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.shape;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class BatchMomentsTest {
  @Test
  void meansAndBiasedVariancesAreOfChannels() {
    // channel 0: 1 3 5 7, channel 1: 2 2 2 2
    float[] moments =
        result(new BatchMoments(), tensor(Shape.of(2, 1, 2, 2), 1, 2, 3, 2, 5, 2, 7, 2));
    assertArrayEquals(new float[] {4, 2, 5, 0}, moments);
    assertArrayEquals(
        new float[] {4, 5, 6, 6, 6, 6}, result(new BatchMoments(), counting(3, 3)), 1e-6f);
  }

  @Test
  void aLargeMeanDoesNotDrownTheVariance() {
    float[] moments =
        result(new BatchMoments(), tensor(Shape.of(4, 1), 10_000, 10_001, 10_002, 10_003));
    assertArrayEquals(new float[] {10_001.5f, 1.25f}, moments);
  }

  @Test
  void theResultIsTwoRowsOfChannels() {
    assertEquals(Shape.of(2, 7), shape(new BatchMoments(), Shape.of(5, 3, 3, 7)));
    assertEquals("BatchMoments: expects 1 inputs, got 0", refusal(new BatchMoments()));
  }
}
