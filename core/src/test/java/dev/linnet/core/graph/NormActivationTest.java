package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NormActivationTest {
  private static final Shape X = Shape.of(2, 5, 7, 3);
  private static final Shape PAIRS = Shape.of(2, 3);
  private static final NormActivation PLAIN =
      new NormActivation(1, false, Optional.of(Function.RELU));
  private static final NormActivation RESIDUAL = new NormActivation(1, true, Optional.empty());

  // One channel: mean 1, variance 3, γ 4, β 5; x̂ = 1, −3 and batchnorm(x) = 9, −7.
  private static final Tensor VALUES = Evaluate.tensor(Shape.of(2, 1), 3, -5);
  private static final Tensor MOMENTS = Evaluate.tensor(Shape.of(2, 1), 1, 3);
  private static final Tensor AFFINE = Evaluate.tensor(Shape.of(2, 1), 4, 5);
  private static final Tensor DY = Evaluate.tensor(Shape.of(2, 1), 6, 7);

  @Test
  void theResultHasTheShapeOfX() {
    assertEquals(X, Evaluate.shape(PLAIN, X, PAIRS, PAIRS));
    assertEquals(X, Evaluate.shape(RESIDUAL, X, PAIRS, PAIRS, X));
    assertEquals(
        PAIRS,
        Evaluate.shape(new NormActivation.AffineGradient(1, Function.SILU), X, X, PAIRS, PAIRS));
    assertFalse(
        new NormActivation.AffineGradient(1, Function.SILU)
            .featureMap(List.of(true, true, false, false)));
    assertEquals(
        X,
        Evaluate.shape(
            new NormActivation.InputGradient(1, true, Function.SILU), X, X, PAIRS, PAIRS, PAIRS));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("expects 3 inputs, got 4", PLAIN, X, PAIRS, PAIRS, X);
    refused("expects 4 inputs, got 3", RESIDUAL, X, PAIRS, PAIRS);
    refused("must be [2, 3]", PLAIN, X, PAIRS, Shape.of(2, 4));
    refused("residual [2, 3] must have", RESIDUAL, X, PAIRS, PAIRS, PAIRS);
  }

  private static void refused(String reason, NormActivation op, Shape... inputs) {
    String message = Evaluate.refusal(op, inputs);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void theValuesAreThoseOfTheFormula() {
    assertArrayEquals(new float[] {9, 0}, Evaluate.result(PLAIN, VALUES, MOMENTS, AFFINE));
    Tensor r = Evaluate.tensor(Shape.of(2, 1), -10, 1);
    assertArrayEquals(new float[] {-1, -6}, Evaluate.result(RESIDUAL, VALUES, MOMENTS, AFFINE, r));
  }

  @Test
  void theGradientsSeeTheSlopeOfTheFunction() {
    NormActivation.AffineGradient affine = new NormActivation.AffineGradient(1, Function.RELU);
    float[] sums = Evaluate.result(affine, DY, VALUES, MOMENTS, AFFINE);
    assertArrayEquals(new float[] {6, 6}, sums); // g = 6, 0
    Tensor given = Evaluate.tensor(Shape.of(2, 1), 2, 4); // dγ, dβ
    NormActivation.InputGradient constant =
        new NormActivation.InputGradient(1, false, Function.RELU);
    assertArrayEquals(
        new float[] {12, 0}, Evaluate.result(constant, DY, VALUES, MOMENTS, AFFINE, given));
    NormActivation.InputGradient training =
        new NormActivation.InputGradient(1, true, Function.RELU);
    // 2 · (g − (4 + x̂ · 2) / 2)
    assertArrayEquals(
        new float[] {6, 2}, Evaluate.result(training, DY, VALUES, MOMENTS, AFFINE, given));
  }
}
