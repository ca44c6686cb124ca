package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class MultiplyTest {
  @Test
  void aGateHoldsForAllPixelsOfAnImage() {
    float[] y =
        result(new Multiply(), counting(2, 1, 2, 2), tensor(Shape.of(2, 1, 1, 2), 1, 10, 2, 20));
    assertArrayEquals(new float[] {1, 20, 3, 40, 10, 120, 14, 160}, y);
  }

  @Test
  void valuesOfOneShapeAreMultipliedOneByOne() {
    assertArrayEquals(
        new float[] {1, 4, 9, 16}, result(new Multiply(), counting(2, 2), counting(2, 2)));
  }

  @Test
  void theGatesGradientSumsOverSpace() {
    float[] dg = result(new Multiply.GateGradient(), counting(1, 1, 2, 2), counting(1, 1, 2, 2));
    assertArrayEquals(new float[] {1 + 9, 4 + 16}, dg);
  }

  @Test
  void anotherGateIsRefused() {
    assertEquals(
        "Multiply: the gate [2, 1, 1, 4] must have the shape of x [2, 5, 5, 8] or be [N, 1, 1, C]",
        refusal(new Multiply(), Shape.of(2, 5, 5, 8), Shape.of(2, 1, 1, 4)));
    assertEquals(
        "Multiply: the gate [8] must have the shape of x [2, 8] or be [N, 1, 1, C]",
        refusal(new Multiply(), Shape.of(2, 8), Shape.of(8)));
  }
}
