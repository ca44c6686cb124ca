package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class GlobalAvgPoolTest {
  @Test
  void everyImageAndChannelHasItsOwnMean() {
    float[] y = result(new GlobalAvgPool(), counting(2, 2, 1, 3));
    assertArrayEquals(new float[] {2.5f, 3.5f, 4.5f, 8.5f, 9.5f, 10.5f}, y);
    assertEquals(Shape.of(2, 1, 1, 3), shape(new GlobalAvgPool(), Shape.of(2, 2, 1, 3)));
  }

  @Test
  void rowsAreRefused() {
    assertEquals(
        "GlobalAvgPool: x must have rank 4, has [2, 3]",
        refusal(new GlobalAvgPool(), Shape.of(2, 3)));
  }
}
