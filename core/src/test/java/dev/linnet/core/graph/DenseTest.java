package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.macs;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class DenseTest {
  @Test
  void everyOutputIsTheProductOfARowOfWeightsWithTheFeatures() {
    // x 1 2; 3 4, weights 1 2; 3 4; 5 6
    assertArrayEquals(
        new float[] {5, 11, 17, 11, 25, 39}, result(new Dense(), counting(2, 2), counting(3, 2)));
  }

  @Test
  void itCostsItsWeightsForEachRow() {
    assertEquals(32 * 1000 * 512, macs(new Dense(), Shape.of(32, 512), Shape.of(1000, 512)));
    assertEquals(
        32 * 1000 * 512, macs(new Dense.InputGradient(), Shape.of(32, 1000), Shape.of(1000, 512)));
    assertEquals(
        32 * 1000 * 512, macs(new Dense.WeightGradient(), Shape.of(32, 1000), Shape.of(32, 512)));
  }

  @Test
  void shapesThatDoNotFitAreRefusedInOneLine() {
    assertEquals(
        "Dense: expects 64 input features, x has 32 ([5, 32])",
        refusal(new Dense(), Shape.of(5, 32), Shape.of(10, 64)));
    assertEquals(
        "Dense: x must have rank 2, has [5, 1, 1, 32]",
        refusal(new Dense(), Shape.of(5, 1, 1, 32), Shape.of(10, 32)));
    assertEquals(
        "Dense: weights must have rank 2, has [10]",
        refusal(new Dense(), Shape.of(5, 32), Shape.of(10)));
    assertEquals("Dense: expects 2 inputs, got 1", refusal(new Dense(), Shape.of(5, 32)));
  }
}
