package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.shape;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class ConcatTest {
  @Test
  void channelsStandSideBySideInOrder() {
    float[] y =
        result(
            new Concat(),
            tensor(Shape.of(1, 1, 2, 1), 1, 2),
            tensor(Shape.of(1, 1, 2, 2), 3, 4, 5, 6),
            tensor(Shape.of(1, 1, 2, 1), 7, 8));
    assertArrayEquals(new float[] {1, 3, 4, 7, 2, 5, 6, 8}, y);
  }

  @Test
  void theGradientOfAPartIsItsChannels() {
    float[] dx =
        result(new Concat.InputGradient(1, 2), tensor(Shape.of(2, 4), 1, 2, 3, 4, 5, 6, 7, 8));
    assertArrayEquals(new float[] {2, 3, 6, 7}, dx);
  }

  @Test
  void channelsAddUp() {
    assertEquals(
        Shape.of(2, 5, 5, 12), shape(new Concat(), Shape.of(2, 5, 5, 8), Shape.of(2, 5, 5, 4)));
    assertEquals(Shape.of(2, 3), shape(new Concat(), Shape.of(2, 3)));
  }

  @Test
  void partsOfAnotherSizeAreRefused() {
    assertEquals(
        "Concat: input [2, 4, 5, 3] must have the shape of the first but for the channels,"
            + " [2, 5, 5, 3]",
        refusal(new Concat(), Shape.of(2, 5, 5, 8), Shape.of(2, 4, 5, 3)));
    assertEquals("Concat: expects at least one input", refusal(new Concat()));
  }
}
