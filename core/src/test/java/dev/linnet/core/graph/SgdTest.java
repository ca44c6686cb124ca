package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class SgdTest {
  private static final Shape ONE = Shape.of(1);

  private static float[][] step(Sgd sgd, float scale) {
    return Evaluate.updated(
            sgd,
            tensor(Shape.of(2), 1, 2),
            tensor(Shape.of(2), 10, -20),
            tensor(Shape.of(2), 4, 8),
            tensor(ONE, scale),
            tensor(ONE, 0.1f))
        .toArray(float[][]::new);
  }

  @Test
  void withoutMomentumTheRateTimesTheGradientIsTaken() {
    float[][] after = step(new Sgd(0, 0, false), 0.5f);
    assertArrayEquals(new float[] {1 - 0.5f, 2 + 1}, after[0], 1e-6f);
    assertArrayEquals(new float[] {5, -10}, after[2], 1e-6f);
  }

  @Test
  void momentumKeepsPartOfTheVelocity() {
    float[][] after = step(new Sgd(0.5f, 0, false), 1);
    assertArrayEquals(new float[] {12, -16}, after[2], 1e-6f);
    assertArrayEquals(new float[] {1 - 1.2f, 2 + 1.6f}, after[0], 1e-6f);
  }

  @Test
  void nesterovLooksAhead() {
    float[][] after = step(new Sgd(0.5f, 0, true), 1);
    assertArrayEquals(new float[] {12, -16}, after[2], 1e-6f);
    assertArrayEquals(new float[] {1 - 1.6f, 2 + 2.8f}, after[0], 1e-5f);
  }

  @Test
  void decayPullsTowardsZeroThroughTheGradient() {
    float[][] after = step(new Sgd(0, 3, false), 1);
    assertArrayEquals(new float[] {1 - 1.3f, 2 + 1.4f}, after[0], 1e-6f);
  }

  @Test
  void aScaleOfZeroChangesNothing() {
    float[][] after = step(new Sgd(0.5f, 3, true), 0);
    assertArrayEquals(new float[] {1, 2}, after[0]);
    assertArrayEquals(new float[] {4, 8}, after[2]);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Sgd sgd = new Sgd(0.9f, 0, true);
    Shape p = Shape.of(3, 2);
    assertEquals(
        "Sgd: input 1 [2, 3] must have the shape of input 0, [3, 2]",
        refusal(sgd, p, Shape.of(2, 3), p, ONE, ONE));
    assertEquals(
        "Sgd: input 4 [2] must have the shape of a setting, [1]",
        refusal(sgd, p, p, p, ONE, Shape.of(2)));
    assertEquals("Sgd: expects 5 inputs, got 4", refusal(sgd, p, p, p, ONE));
  }
}
