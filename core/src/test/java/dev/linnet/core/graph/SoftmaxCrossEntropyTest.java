package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class SoftmaxCrossEntropyTest {
  private static final float LOG_3 = (float) Math.log(3);

  @Test
  void equalLogitsCostTheLogarithmOfTheClasses() {
    float[] loss =
        result(new SoftmaxCrossEntropy(0), tensor(Shape.of(2, 3), 1, 1, 1, 5, 5, 5), labels(0, 2));
    assertArrayEquals(new float[] {LOG_3}, loss, 1e-6f);
  }

  @Test
  void smoothingMovesPartOfTheTargetToAllClasses() {
    // log-softmax of (ln 2, 0): ln(2/3), ln(1/3); targets 0.9, 0.1
    float[] loss =
        result(
            new SoftmaxCrossEntropy(0.2f),
            tensor(Shape.of(1, 2), (float) Math.log(2), 0),
            labels(0));
    assertArrayEquals(
        new float[] {(float) -(0.9 * Math.log(2 / 3.0) + 0.1 * Math.log(1 / 3.0))}, loss, 1e-6f);
  }

  @Test
  void rowsWithANegativeLabelDoNotCount() {
    SoftmaxCrossEntropy op = new SoftmaxCrossEntropy(0);
    float[] loss = result(op, tensor(Shape.of(2, 3), 1, 1, 1, 9, -9, 0), labels(1, -1));
    assertArrayEquals(new float[] {LOG_3}, loss, 1e-6f);
    float[] gradient =
        result(
            new SoftmaxCrossEntropy.LogitsGradient(0),
            tensor(Shape.of(1), 1),
            tensor(Shape.of(2, 3), 1, 1, 1, 9, -9, 0),
            labels(1, -1));
    assertArrayEquals(new float[] {1 / 3f, -2 / 3f, 1 / 3f, 0, 0, 0}, gradient, 1e-6f);
    assertArrayEquals(
        new float[] {0}, result(op, tensor(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), labels(-1, -1)));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] loss =
        result(new SoftmaxCrossEntropy(0), tensor(Shape.of(1, 3), 5000, -5000, 0), labels(2));
    assertArrayEquals(new float[] {5000}, loss, 1e-3f);
  }

  @Test
  void shapesAndSmoothingThatDoNotFitAreRefused() {
    assertEquals(
        "SoftmaxCrossEntropy: labels [4] must have the shape of one label a row, [5]",
        refusal(new SoftmaxCrossEntropy(0), Shape.of(5, 10), Shape.of(4)));
    assertEquals(
        "SoftmaxCrossEntropy: logits must have rank 2, has [5, 1, 1, 10]",
        refusal(new SoftmaxCrossEntropy(0), Shape.of(5, 1, 1, 10), Shape.of(5)));
    assertEquals(
        "SoftmaxCrossEntropy: smoothing must be in [0, 1), is 1.0",
        refusal(new SoftmaxCrossEntropy(1), Shape.of(5, 10), Shape.of(5)));
  }

  private static Tensor labels(float... labels) {
    return tensor(Shape.of(labels.length), labels);
  }
}
