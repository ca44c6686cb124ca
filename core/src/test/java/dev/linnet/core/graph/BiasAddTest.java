package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class BiasAddTest {
  @Test
  void everyChannelGetsItsBias() {
    assertArrayEquals(
        new float[] {11, 22, 13, 24},
        result(new BiasAdd(), counting(1, 1, 2, 2), tensor(Shape.of(2), 10, 20)));
    assertArrayEquals(
        new float[] {11, 22, 13, 24},
        result(new BiasAdd(), counting(2, 2), tensor(Shape.of(2), 10, 20)));
  }

  @Test
  void theBiasGradientSumsOverBatchAndSpace() {
    assertArrayEquals(
        new float[] {16, 20}, result(new BiasAdd.BiasGradient(), counting(2, 1, 2, 2)));
  }

  @Test
  void shapesThatDoNotFitAreRefusedInOneLine() {
    assertEquals(
        "BiasAdd: expects 4 channels, x has 8 ([1, 5, 5, 8])",
        refusal(new BiasAdd(), Shape.of(1, 5, 5, 8), Shape.of(4)));
    assertEquals(
        "BiasAdd: bias must have rank 1, has [1, 8]",
        refusal(new BiasAdd(), Shape.of(5, 8), Shape.of(1, 8)));
  }
}
