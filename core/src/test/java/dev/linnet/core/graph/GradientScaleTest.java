package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class GradientScaleTest {
  @Test
  void theNormOfAllGradientsTogetherIsClipped() {
    assertArrayEquals(
        new float[] {0.5f},
        result(
            new GradientScale(2.5f), tensor(Shape.of(1), 3), tensor(Shape.of(2, 2), 0, 0, 4, 0)));
  }

  @Test
  void aSmallerNormIsLeftAlone() {
    assertArrayEquals(new float[] {1}, result(new GradientScale(5), tensor(Shape.of(2), 3, 4)));
    assertArrayEquals(new float[] {1}, result(new GradientScale(5), tensor(Shape.of(2), 0, 0)));
    assertArrayEquals(
        new float[] {1}, result(new GradientScale(Float.POSITIVE_INFINITY), counting(100)));
  }

  @Test
  void aGradientThatIsNotFiniteStopsTheStep() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (float norm : new float[] {1, Float.POSITIVE_INFINITY}) {
        assertArrayEquals(
            new float[] {0},
            result(new GradientScale(norm), counting(3), tensor(Shape.of(2), 1, bad)));
      }
    }
  }

  @Test
  void aNormThatIsNotPositiveIsRefused() {
    assertEquals(
        "GradientScale: the largest norm must be positive, is 0.0",
        refusal(new GradientScale(0), Shape.of(1)));
  }
}
