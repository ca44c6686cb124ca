package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class MovingAverageTest {
  @Test
  void theAverageGoesPartOfTheWayToTheValue() {
    float[] after =
        Evaluate.updated(
                new MovingAverage(),
                tensor(Shape.of(2, 1), 1, 10),
                tensor(Shape.of(2, 1), 5, 2),
                tensor(Shape.of(1), 0.25f))
            .get(0);
    assertArrayEquals(new float[] {2, 8}, after);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertEquals(
        "MovingAverage: input 1 [2, 3] must have the shape of input 0, [2, 4]",
        refusal(new MovingAverage(), Shape.of(2, 4), Shape.of(2, 3), Shape.of(1)));
    assertEquals(
        "MovingAverage: expects 3 inputs, got 2",
        refusal(new MovingAverage(), Shape.of(2, 4), Shape.of(2, 4)));
  }
}
