package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class MaxPool2dTest {
  @Test
  void theLargestValueUnderEachWindowIsTaken() {
    assertArrayEquals(
        new float[] {5, 6, 8, 9},
        result(new MaxPool2d(Window.square(2, 1, 0, 1)), counting(1, 3, 3, 1)));
  }

  @Test
  void paddingNeverWins() {
    float[] y =
        result(new MaxPool2d(Window.same(3, 2)), tensor(Shape.of(1, 2, 2, 1), -5, -6, -7, -8));
    assertArrayEquals(new float[] {-5}, y);
  }

  @Test
  void theGradientGoesToTheFirstOfTheLargest() {
    MaxPool2d.InputGradient gradient = new MaxPool2d.InputGradient(Window.square(2, 1, 0, 1));
    float[] dx =
        result(
            gradient,
            tensor(Shape.of(1, 1, 2, 1), 10, 1),
            tensor(Shape.of(1, 2, 3, 1), 0, 7, 7, 7, 0, 0));
    assertArrayEquals(new float[] {0, 11, 0, 0, 0, 0}, dx);
  }

  @Test
  void shapesThatDoNotFitAreRefusedInOneLine() {
    MaxPool2d pool = new MaxPool2d(Window.same(3, 1));
    assertEquals("MaxPool2d: x must have rank 4, has [5, 8]", refusal(pool, Shape.of(5, 8)));
    assertEquals("MaxPool2d: expects 1 inputs, got 0", refusal(pool));
    assertEquals(
        "MaxPool2d: padding 2 must be smaller than the kernel",
        refusal(new MaxPool2d(Window.square(2, 1, 2, 1)), Shape.of(1, 8, 8, 3)));
    Window large = Window.square(4, 1, 0, 1);
    assertEquals(
        "MaxPool2d: the window " + large + " does not fit into x [1, 3, 8, 3]",
        refusal(new MaxPool2d(large), Shape.of(1, 3, 8, 3)));
  }
}
