package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class AvgPool2dTest {
  @Test
  void paddingCountsAsZerosOrNotAtAll() {
    Window window = Window.same(3, 2); // over 2×2 pixels: all four, and five of padding
    assertArrayEquals(
        new float[] {10 / 9f}, result(new AvgPool2d(window, true), counting(1, 2, 2, 1)), 1e-6f);
    assertArrayEquals(
        new float[] {10 / 4f}, result(new AvgPool2d(window, false), counting(1, 2, 2, 1)), 1e-6f);
  }

  @Test
  void channelsAreAveragedByThemselves() {
    float[] y = result(new AvgPool2d(Window.square(2, 2, 0, 1), true), counting(1, 2, 2, 2));
    assertArrayEquals(new float[] {4, 5}, y);
  }

  @Test
  void theGradientIsSpreadOverThePixelsInside() {
    AvgPool2d pool = new AvgPool2d(Window.same(3, 2), false);
    float[] dx = result(new AvgPool2d.InputGradient(pool, 2, 2), tensor(Shape.of(1, 1, 1, 1), 8));
    assertArrayEquals(new float[] {2, 2, 2, 2}, dx);
  }

  @Test
  void shapesThatDoNotFitAreRefusedInOneLine() {
    assertEquals(
        "AvgPool2d: dilation must be 1",
        refusal(new AvgPool2d(Window.square(2, 1, 0, 2), true), Shape.of(1, 8, 8, 3)));
    assertEquals(
        "AvgPool2d: padding 3 must be smaller than the kernel",
        refusal(new AvgPool2d(Window.square(3, 1, 3, 1), true), Shape.of(1, 8, 8, 3)));
    assertEquals(
        "AvgPool2d: x must have rank 4, has [8]",
        refusal(new AvgPool2d(Window.same(3, 1), true), Shape.of(8)));
    Window large = Window.square(4, 1, 0, 1);
    assertEquals(
        "AvgPool2d: the window " + large + " does not fit into x [1, 8, 3, 3]",
        refusal(new AvgPool2d(large, false), Shape.of(1, 8, 3, 3)));
  }
}
