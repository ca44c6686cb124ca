package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.macs;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.shape;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class Conv2dTest {
  private static final Conv2d VALID_2X2 = new Conv2d(Window.square(2, 1, 0, 1), 1);

  @Test
  void itIsACrossCorrelation() {
    // x is 1 2 3; 4 5 6; 7 8 9 and the kernel 1 2; 3 4, not turned
    float[] y = result(VALID_2X2, counting(1, 3, 3, 1), counting(1, 1, 2, 2));
    assertArrayEquals(new float[] {37, 47, 67, 77}, y);
  }

  @Test
  void paddingOnEachSideIsZeros() {
    Conv2d conv = new Conv2d(new Window(2, 2, 2, 2, 1, 0, 0, 1, 1, 1), 1);
    // x is 0 0 0; 1 2 0; 3 4 0 once padded, rows −1 and 0 under the first row of windows
    float[] y = result(conv, counting(1, 2, 2, 1), counting(1, 1, 2, 2));
    assertArrayEquals(new float[] {3 * 1 + 4 * 2}, y);
  }

  @Test
  void strideAndDilationSkipPixels() {
    Conv2d strided = new Conv2d(Window.square(1, 2, 0, 1), 1);
    assertArrayEquals(
        new float[] {1, 3, 7, 9},
        result(strided, counting(1, 3, 3, 1), tensor(Shape.of(1, 1, 1, 1), 1)));
    Conv2d dilated = new Conv2d(Window.square(2, 1, 0, 2), 1);
    assertArrayEquals(
        new float[] {1 * 1 + 2 * 3 + 3 * 7 + 4 * 9},
        result(dilated, counting(1, 3, 3, 1), counting(1, 1, 2, 2)));
  }

  @Test
  void weightsLieOutputInputRowColumn() {
    Conv2d one = new Conv2d(Window.same(1, 1), 1);
    float[] y = result(one, tensor(Shape.of(1, 1, 2, 2), 1, 10, 2, 20), counting(3, 2, 1, 1));
    assertArrayEquals(new float[] {21, 43, 65, 42, 86, 130}, y); // [pixel][output]
  }

  @Test
  void groupsSeeTheirOwnChannelsOnly() {
    Conv2d grouped = new Conv2d(Window.same(1, 1), 2);
    float[] y = result(grouped, tensor(Shape.of(1, 1, 1, 4), 1, 2, 3, 4), counting(2, 2, 1, 1));
    assertArrayEquals(new float[] {1 * 1 + 2 * 2, 3 * 3 + 4 * 4}, y);
    Conv2d depthwise = new Conv2d(Window.same(1, 1), 3);
    assertArrayEquals(
        new float[] {2, 6, 12},
        result(
            depthwise,
            tensor(Shape.of(1, 1, 1, 3), 2, 3, 4),
            tensor(Shape.of(3, 1, 1, 1), 1, 2, 3)));
  }

  @Test
  void onlyOneOutputAChannelIsDepthwise() {
    Conv2d conv = new Conv2d(Window.same(3, 1), 8);
    assertTrue(conv.depthwise(8, 8));
    assertFalse(conv.depthwise(8, 16));
    assertFalse(conv.depthwise(16, 16));
    assertFalse(new Conv2d(Window.same(3, 1), 1).depthwise(1, 1));
  }

  @Test
  void aResNetStemHasItsKnownShapeAndCost() {
    Conv2d stem = new Conv2d(Window.square(7, 2, 3, 1), 1);
    Shape x = Shape.of(1, 224, 224, 3);
    Shape w = Shape.of(64, 3, 7, 7);
    assertEquals(Shape.of(1, 112, 112, 64), shape(stem, x, w));
    assertEquals(118_013_952, macs(stem, x, w)); // of ResNet's 1.8 billion
  }

  @Test
  void depthwiseCostsOneTapAnOutput() {
    Conv2d depthwise = new Conv2d(Window.same(3, 1), 32);
    Shape x = Shape.of(2, 112, 112, 32);
    assertEquals(2L * 112 * 112 * 32 * 9, macs(depthwise, x, Shape.of(32, 1, 3, 3)));
  }

  @Test
  void bothDerivativesCostAsMuchAsTheForwardPass() {
    Conv2d conv = new Conv2d(new Window(3, 5, 2, 1, 1, 2, 0, 2, 1, 1), 2);
    Shape x = Shape.of(3, 9, 7, 4);
    Shape w = Shape.of(6, 2, 3, 5);
    Shape dy = shape(conv, x, w);
    long macs = macs(conv, x, w);
    assertEquals(macs, macs(new Conv2d.InputGradient(conv, 9, 7), dy, w));
    assertEquals(macs, macs(new Conv2d.WeightGradient(conv), dy, x));
    assertEquals(x, shape(new Conv2d.InputGradient(conv, 9, 7), dy, w));
    assertEquals(w, shape(new Conv2d.WeightGradient(conv), dy, x));
  }

  @Test
  void shapesThatDoNotFitAreRefusedInOneLine() {
    Conv2d conv = new Conv2d(Window.same(3, 1), 1);
    assertEquals(
        "Conv2d: weights expect 16 input channels, x has 8 (NHWC [32, 28, 28, 8])",
        refusal(conv, Shape.of(32, 28, 28, 8), Shape.of(16, 16, 3, 3)));
    assertEquals(
        "Conv2d: weights [16, 8, 5, 5] must end in the kernel, 3×3",
        refusal(conv, Shape.of(1, 9, 9, 8), Shape.of(16, 8, 5, 5)));
    assertEquals(
        "Conv2d: x must have rank 4, has [9, 8]",
        refusal(conv, Shape.of(9, 8), Shape.of(16, 8, 3, 3)));
    assertEquals(
        "Conv2d: weights must have rank 4, has [16, 8]",
        refusal(conv, Shape.of(1, 9, 9, 8), Shape.of(16, 8)));
    assertEquals("Conv2d: expects 2 inputs, got 1", refusal(conv, Shape.of(1, 9, 9, 8)));
    assertEquals(
        "Conv2d: 3 groups must divide the input channels (x [1, 9, 9, 8]) and output channels (w"
            + " [6, 2, 3, 3])",
        refusal(new Conv2d(Window.same(3, 1), 3), Shape.of(1, 9, 9, 8), Shape.of(6, 2, 3, 3)));
  }

  @Test
  void aWindowLargerThanThePaddedImageIsRefused() {
    Window window = Window.square(5, 1, 0, 1);
    assertEquals(
        "Conv2d: the window " + window + " does not fit into x [1, 4, 9, 8]",
        refusal(new Conv2d(window, 1), Shape.of(1, 4, 9, 8), Shape.of(16, 8, 5, 5)));
  }
}
