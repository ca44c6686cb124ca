package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class FlattenTest {
  @Test
  void theOrderIsThatOfRowsColumnsChannels() {
    float[] values = counting(2, 2, 1, 3).values();
    assertArrayEquals(values, result(new Flatten(), counting(2, 2, 1, 3)));
    assertArrayEquals(values, result(new Flatten.InputGradient(2, 1, 3), counting(2, 6)));
    assertEquals(Shape.of(2, 6), shape(new Flatten(), Shape.of(2, 2, 1, 3)));
    assertEquals(Shape.of(2, 2, 1, 3), shape(new Flatten.InputGradient(2, 1, 3), Shape.of(2, 6)));
  }

  @Test
  void rowsAreRefused() {
    assertEquals("Flatten: x must have rank 4, has [2, 6]", refusal(new Flatten(), Shape.of(2, 6)));
  }
}
