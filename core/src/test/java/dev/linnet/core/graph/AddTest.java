package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class AddTest {
  @Test
  void elementsAreAddedOneByOne() {
    assertArrayEquals(new float[] {2, 4, 6, 8}, result(new Add(), counting(2, 2), counting(2, 2)));
  }

  @Test
  void anotherShapeIsRefused() {
    assertEquals(
        "Add: b [1, 4, 4, 16] must have the shape of a, [1, 4, 4, 8]",
        refusal(new Add(), Shape.of(1, 4, 4, 8), Shape.of(1, 4, 4, 16)));
    assertEquals(
        "Add: expects 2 inputs, got 3", refusal(new Add(), Shape.of(1), Shape.of(1), Shape.of(1)));
  }
}
