package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ActivationTest {
  private static final float[] POINTS = {-8, -3, -1, 0, 1, 3, 8};

  private static final Map<Function, float[]> VALUES =
      Map.of(
          Function.RELU, new float[] {0, 0, 0, 0, 1, 3, 8},
          Function.RELU6, new float[] {0, 0, 0, 0, 1, 3, 6},
          Function.HARD_SWISH, new float[] {0, 0, -1 / 3f, 0, 2 / 3f, 3, 8},
          Function.HARD_SIGMOID, new float[] {0, 0, 1 / 3f, 0.5f, 2 / 3f, 1, 1},
          Function.SILU,
              new float[] {-0.002683f, -0.142278f, -0.268941f, 0, 0.731059f, 2.857722f, 7.997317f},
          Function.SIGMOID,
              new float[] {0.000335f, 0.047426f, 0.268941f, 0.5f, 0.731059f, 0.952574f, 0.999665f});

  @Test
  void everyFunctionHasItsKnownValues() {
    for (Function function : Function.values()) {
      float[] y = result(new Activation(function), tensor(Shape.of(1, 7), POINTS.clone()));
      assertArrayEquals(VALUES.get(function), y, 1e-6f, function.toString());
    }
  }

  @Test
  void theSlopeAtAKinkIsThatOfTheFlatSide() {
    assertEquals(0, Function.RELU.slope(0));
    assertEquals(0, Function.RELU6.slope(0));
    assertEquals(0, Function.RELU6.slope(6));
    assertEquals(0, Function.HARD_SIGMOID.slope(-3));
    assertEquals(0, Function.HARD_SIGMOID.slope(3));
    assertEquals(0, Function.HARD_SWISH.slope(-3));
    assertEquals(1, Function.HARD_SWISH.slope(3)); // flat on neither side: the identity's
  }

  @Test
  void nothingOverflowsFarOut() {
    for (float x : new float[] {-1e30f, -200, 200, 1e30f}) {
      assertEquals(x < 0 ? 0 : 1, Function.SIGMOID.apply(x), 1e-6f);
      assertEquals(x < 0 ? 0 : x, Function.SILU.apply(x), 1e-6f);
      assertEquals(0, Function.SIGMOID.slope(x), 1e-6f);
      assertEquals(x < 0 ? 0 : 1, Function.SILU.slope(x), 1e-6f);
    }
  }

  @Test
  void theDerivativeMultipliesByTheSlope() {
    float[] dx =
        result(
            new Activation.InputGradient(Function.RELU6),
            tensor(Shape.of(1, 4), 2, 3, 4, 5),
            tensor(Shape.of(1, 4), -1, 1, 5, 7));
    assertArrayEquals(new float[] {0, 3, 4, 0}, dx);
  }

  @Test
  void oneInputIsExpected() {
    assertEquals(
        "Activation: expects 1 inputs, got 2",
        refusal(new Activation(Function.RELU), Shape.of(1), Shape.of(1)));
  }
}
