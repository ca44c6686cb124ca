package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class ZeroTest {
  @Test
  void whateverGoesInZerosComeOut() {
    assertArrayEquals(new float[6], result(new Zero(), counting(1, 2, 1, 3)));
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY};
    assertArrayEquals(new float[2], result(new Zero(), Evaluate.tensor(Shape.of(1, 2), bad)));
  }

  @Test
  void oneInputIsExpected() {
    assertEquals("Zero: expects 1 inputs, got 0", refusal(new Zero()));
  }
}
