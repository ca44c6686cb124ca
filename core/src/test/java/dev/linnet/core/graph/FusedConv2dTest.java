package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.FusedConv2d.Shift;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FusedConv2dTest {
  private static final Conv2d CONV = new Conv2d(Window.same(3, 2), 1);
  private static final Shape X = Shape.of(2, 5, 7, 3);
  private static final Shape W = Shape.of(4, 3, 3, 3);
  private static final Shape Y = Shape.of(2, 3, 4, 4);

  private static FusedConv2d op(Shift shift, boolean residual) {
    return new FusedConv2d(CONV, shift, residual, Optional.of(Function.RELU));
  }

  @Test
  void theResultHasTheShapeAndTheCostOfTheConvolution() {
    Shape pairs = Shape.of(2, 4);
    assertEquals(Y, Evaluate.shape(op(new Shift.None(), false), X, W));
    assertEquals(Y, Evaluate.shape(op(new Shift.Bias(), false), X, W, Shape.of(4)));
    assertEquals(Y, Evaluate.shape(op(new Shift.Norm(1), true), X, W, pairs, pairs, Y));
    assertEquals(Evaluate.macs(CONV, X, W), Evaluate.macs(op(new Shift.None(), true), X, W, Y));
  }

  @Test
  void theResidualIsTheLastInput() {
    assertEquals(2, op(new Shift.None(), true).residualIndex());
    assertEquals(3, op(new Shift.Bias(), true).residualIndex());
    assertEquals(4, op(new Shift.Norm(1), true).residualIndex());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Shape pairs = Shape.of(2, 4);
    refused("expects 2 inputs, got 3", op(new Shift.None(), false), X, W, Y);
    refused("expects 3 inputs, got 2", op(new Shift.Bias(), false), X, W);
    refused("expects 5 inputs, got 4", op(new Shift.Norm(1), true), X, W, pairs, pairs);
    refused("input channels", op(new Shift.None(), false), X, Shape.of(4, 2, 3, 3));
    refused("expects 5 channels", op(new Shift.Bias(), false), X, W, Shape.of(5));
    refused("must be [2, 4]", op(new Shift.Norm(1), false), X, W, pairs, Shape.of(2, 5));
    refused("residual [2, 5, 7, 3] must have", op(new Shift.None(), true), X, W, X);
  }

  private static void refused(String reason, FusedConv2d op, Shape... inputs) {
    String message = Evaluate.refusal(op, inputs);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void theValuesAreThoseOfTheFormula() {
    Conv2d one = new Conv2d(Window.same(1, 1), 1);
    Tensor x = Evaluate.tensor(Shape.of(1, 1, 3, 1), 1, 2, -3);
    Tensor w = Evaluate.tensor(Shape.of(1, 1, 1, 1), 2);
    Tensor moments = Evaluate.tensor(Shape.of(2, 1), 1, 3); // mean, variance
    Tensor affine = Evaluate.tensor(Shape.of(2, 1), 4, 5); // γ, β
    Tensor r = Evaluate.tensor(Shape.of(1, 1, 3, 1), 10, -20, -2);
    FusedConv2d norm = new FusedConv2d(one, new Shift.Norm(1), true, Optional.of(Function.RELU));
    // 2x = 2, 4, −6; (2x − 1) · 4 / 2 + 5 = 7, 11, −9
    assertArrayEquals(new float[] {17, 0, 0}, Evaluate.result(norm, x, w, moments, affine, r));
    FusedConv2d bias = new FusedConv2d(one, new Shift.Bias(), false, Optional.empty());
    Tensor b = Evaluate.tensor(Shape.of(1), 0.5f);
    assertArrayEquals(new float[] {2.5f, 4.5f, -5.5f}, Evaluate.result(bias, x, w, b));
  }
}
