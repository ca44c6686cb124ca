package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class BatchNormTest {
  @Test
  void xIsCentredScaledAndShiftedByChannel() {
    float[] y =
        result(
            new BatchNorm(1),
            tensor(Shape.of(2, 2), 5, 1, 9, 2),
            tensor(Shape.of(2, 2), 1, 1, 3, 8), // means 1 1, variances 3 8
            tensor(Shape.of(2, 2), 10, 3, 0.5f, -1)); // scales 10 3, shifts 0.5 −1
    assertArrayEquals(new float[] {20.5f, -1, 40.5f, 0}, y, 1e-5f);
  }

  @Test
  void theAffineGradientIsASumOverTheBatch() {
    float[] sums =
        result(
            new BatchNorm.AffineGradient(1),
            tensor(Shape.of(2, 1), 3, 4),
            tensor(Shape.of(2, 1), 5, 9),
            tensor(Shape.of(2, 1), 1, 3));
    assertArrayEquals(new float[] {3 * 2 + 4 * 4, 7}, sums, 1e-5f);
  }

  @Test
  void momentsOrAffineOfOtherChannelsAreRefused() {
    assertEquals(
        "BatchNorm: moments [2, 8] and affine [2, 4] must be [2, 8] for x [1, 5, 5, 8]",
        refusal(new BatchNorm(1e-5f), Shape.of(1, 5, 5, 8), Shape.of(2, 8), Shape.of(2, 4)));
    assertEquals(
        "BatchNorm: expects 3 inputs, got 2",
        refusal(new BatchNorm(1e-5f), Shape.of(5, 8), Shape.of(2, 8)));
  }
}
