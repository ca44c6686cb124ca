package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class AdamTest {
  private static final Shape ONE = Shape.of(1);

  private static float[][] step(float decay, float scale) {
    return Evaluate.updated(
            new Adam(0.5f, 0.75f, 1, decay),
            tensor(ONE, 10),
            tensor(ONE, 4),
            tensor(ONE, 8),
            tensor(ONE, 16),
            tensor(ONE, scale),
            tensor(ONE, 0.1f),
            tensor(Shape.of(2), 0.5f, 0.25f))
        .toArray(float[][]::new);
  }

  @Test
  void theCorrectedMeanIsDividedByTheRootOfTheCorrectedSquare() {
    float[][] after = step(0, 1); // m = 4 + 2, v = 12 + 4; m/0.5 = 12, √(v/0.25) = 8
    assertArrayEquals(new float[] {6}, after[2]);
    assertArrayEquals(new float[] {16}, after[3]);
    assertArrayEquals(new float[] {10 - 0.1f * 12 / 9}, after[0], 1e-6f);
  }

  @Test
  void decayIsDecoupledFromTheMoments() {
    float[][] after = step(0.2f, 1);
    assertArrayEquals(new float[] {6}, after[2]);
    assertArrayEquals(new float[] {10 - 0.1f * (12 / 9f + 2)}, after[0], 1e-6f);
  }

  @Test
  void theScaleMultipliesTheGradient() {
    float[][] after = step(0, 0.5f);
    assertArrayEquals(new float[] {5}, after[2]);
    assertArrayEquals(new float[] {13}, after[3]);
  }

  @Test
  void aScaleOfZeroChangesNothing() {
    float[][] after = step(0.2f, 0);
    assertArrayEquals(new float[] {10}, after[0]);
    assertArrayEquals(new float[] {8}, after[2]);
    assertArrayEquals(new float[] {16}, after[3]);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Adam adam = new Adam(0.9f, 0.999f, 1e-8f, 0);
    Shape p = Shape.of(7);
    assertEquals(
        "Adam: input 3 [6] must have the shape of input 0, [7]",
        refusal(adam, p, p, p, Shape.of(6), ONE, ONE, Shape.of(2)));
    assertEquals(
        "Adam: input 6 [1] must have the shape of a setting, [2]",
        refusal(adam, p, p, p, p, ONE, ONE, ONE));
  }
}
