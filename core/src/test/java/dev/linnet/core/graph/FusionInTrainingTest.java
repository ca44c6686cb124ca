package dev.linnet.core.graph;

import static dev.linnet.core.graph.FusionNet.EPSILON;
import static dev.linnet.core.graph.FusionNet.NO_FUNCTION;
import static dev.linnet.core.graph.FusionNet.RELU;
import static dev.linnet.core.graph.FusionNet.ZERO;
import static dev.linnet.core.graph.FusionNet.fuses;
import static dev.linnet.core.graph.FusionNet.graph;
import static dev.linnet.core.graph.FusionNet.stays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fusion of what has gradients. */
final class FusionInTrainingTest {
  /** A training step: rows → dense → batch norm → f → dense → loss, with all gradients. */
  private static Consumer<FusionNet> training(
      Function function, boolean residual, String... named) {
    return n -> {
      Node rows = n.builder.input("rows", Shape.of(6, 3));
      Node first = n.builder.parameter("first", Shape.of(4, 3), ZERO);
      Node second = n.builder.parameter("second", Shape.of(2, 4), ZERO);
      Node labels = n.builder.input("labels", Shape.of(6));
      Node h = n.add(new Dense(), rows, first);
      Node y = n.normalized(h);
      y = residual ? n.add(new Add(), y, h) : y;
      y = n.add(new Activation(function), y);
      Node loss = n.add(new SoftmaxCrossEntropy(0), n.add(new Dense(), y, second), labels);
      Map<Node, Node> gradients = Gradients.of(n.builder, loss);
      for (Node node : n.builder.nodes()) {
        boolean gradient = node.op() instanceof Activation.InputGradient;
        if (List.of(named).contains("slope") && gradient) {
          n.output("slope", node);
        } else if (List.of(named).contains("norm") && node.op() instanceof BatchNorm) {
          n.output("norm", node);
        }
      }
      n.output("loss", loss);
      gradients.forEach((p, g) -> n.output(((Leaf.Parameter) p.op()).name(), g));
    };
  }

  /** The nodes of a fused training step up to the gradient of the activation's result. */
  private static final class Step {
    final FusionNet n;
    final Node rows;
    final Node first;
    final Node h;
    final Node moments;
    Node y;
    Node second;
    Node loss;
    Node dlogits;
    Node dy;

    Step(FusionNet n) {
      this.n = n;
      rows = n.builder.input("rows", Shape.of(6, 3));
      first = n.builder.parameter("first", Shape.of(4, 3), ZERO);
      second = n.builder.parameter("second", Shape.of(2, 4), ZERO);
      n.builder.input("labels", Shape.of(6));
      h = n.add(new Dense(), rows, first);
      moments = n.add(new BatchMoments(), h);
    }

    /** Everything from the activation's result to its gradient. */
    void loss(Node result) {
      y = result;
      Node labels = n.builder.input("labels", Shape.of(6));
      Node logits = n.add(new Dense(), y, second);
      loss = n.add(new SoftmaxCrossEntropy(0), logits, labels);
      Node one = n.add(new Leaf.Constant(1, Shape.of(1)));
      dlogits = n.add(new SoftmaxCrossEntropy.LogitsGradient(0), one, logits, labels);
      dy = n.add(new Dense.InputGradient(), dlogits, second);
    }

    void outputs(Node dSecond, Node affine, Node dFirst) {
      n.output("loss", loss);
      n.output("affine", affine);
      n.output("first", dFirst);
      n.output("second", dSecond);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inTrainingTheGradientsComputeTheNormalisedValuesAgain(Function f) {
    fuses(
        training(f, false),
        n -> {
          Step s = new Step(n);
          NormActivation norm = new NormActivation(EPSILON, false, Optional.of(f));
          s.loss(n.add(norm, s.h, s.moments, n.affine));
          Node second = n.add(new Dense.WeightGradient(), s.dlogits, s.y);
          NormActivation.AffineGradient sums = new NormActivation.AffineGradient(EPSILON, f);
          Node affine = n.add(sums, s.dy, s.h, s.moments, n.affine);
          NormActivation.InputGradient input = new NormActivation.InputGradient(EPSILON, true, f);
          Node dh = n.add(input, s.dy, s.h, s.moments, n.affine, affine);
          s.outputs(second, affine, n.add(new Dense.WeightGradient(), dh, s.rows));
        });
  }

  @ParameterizedTest
  @EnumSource
  void whereOthersNeedTheSlopesTheResultStandsInForThem(Function f) {
    if (f != Function.RELU && f != Function.RELU6) {
      stays(training(f, false, "slope"));
      return;
    }
    fuses(
        training(f, false, "slope"),
        n -> {
          Step s = new Step(n);
          NormActivation norm = new NormActivation(EPSILON, false, Optional.of(f));
          s.loss(n.add(norm, s.h, s.moments, n.affine));
          Node second = n.add(new Dense.WeightGradient(), s.dlogits, s.y);
          Node g = n.add(new Activation.InputGradient(f), s.dy, s.y);
          Node affine = n.add(new BatchNorm.AffineGradient(EPSILON), g, s.h, s.moments);
          BatchNorm.InputGradient input = new BatchNorm.InputGradient(EPSILON, true);
          Node dh = n.add(input, g, s.h, s.moments, n.affine, affine);
          n.output("slope", g);
          s.outputs(second, affine, n.add(new Dense.WeightGradient(), dh, s.rows));
        });
  }

  @ParameterizedTest
  @EnumSource
  void inTrainingANormThatIsNamedStays(Function f) {
    stays(training(f, false, "norm"));
  }

  @ParameterizedTest
  @EnumSource
  void inTrainingASumIsFusedWithTheFunctionWhereItsResultTellsTheSlope(Function f) {
    boolean tells = f == Function.RELU || f == Function.RELU6;
    fuses(
        training(f, true),
        n -> {
          Step s = new Step(n);
          Optional<Function> fused = tells ? Optional.of(f) : NO_FUNCTION;
          NormActivation norm = new NormActivation(EPSILON, true, fused);
          Node sum = n.add(norm, s.h, s.moments, n.affine, s.h);
          s.loss(tells ? sum : n.add(new Activation(f), sum));
          Node second = n.add(new Dense.WeightGradient(), s.dlogits, s.y);
          Node g = n.add(new Activation.InputGradient(f), s.dy, sum);
          Node affine = n.add(new BatchNorm.AffineGradient(EPSILON), g, s.h, s.moments);
          BatchNorm.InputGradient input = new BatchNorm.InputGradient(EPSILON, true);
          Node dh = n.add(input, g, s.h, s.moments, n.affine, affine);
          Node sumOfBoth = n.add(new Add(), g, dh);
          s.outputs(second, affine, n.add(new Dense.WeightGradient(), sumOfBoth, s.rows));
        });
  }

  /** A batch norm, SiLU and what looks like their gradients. */
  private static Consumer<FusionNet> gradients(
      float epsilonOfSums, float epsilonOfInput, boolean sameAffine) {
    return n -> {
      Node b = n.norm(n.x);
      n.output("y", n.add(new Activation(Function.SILU), b));
      Node g = n.add(new Activation.InputGradient(Function.SILU), n.r, b);
      Node sums = n.add(new BatchNorm.AffineGradient(epsilonOfSums), g, n.x, n.statistics);
      Node other = n.builder.parameter("other", Shape.of(2, 4), ZERO);
      Node affine = sameAffine ? n.affine : other;
      BatchNorm.InputGradient input = new BatchNorm.InputGradient(epsilonOfInput, false);
      n.output("dx", n.add(input, g, n.x, n.statistics, affine, sums));
    };
  }

  @Test
  void gradientsOfAnotherNormAreNotFused() {
    Graph own = graph(gradients(EPSILON, EPSILON, true));
    assertNotEquals(own.toString(), Fusion.fuse(own).toString());
    stays(gradients(EPSILON, EPSILON, false));
    stays(gradients(1, EPSILON, true));
    stays(gradients(EPSILON, 1, true));
  }

  @Test
  void theSlopesOfAnotherValueAreNoGradient() {
    stays(
        n -> {
          Node b = n.norm(n.x);
          n.output("y", n.add(RELU, b));
          n.output("product", n.add(new Activation.InputGradient(Function.RELU), b, n.r));
        });
  }

  @Test
  void gradientsBehindAnUpdateOfTheirParametersAreNotFused() {
    for (boolean updated : new boolean[] {false, true}) {
      Consumer<FusionNet> step =
          n -> {
            Node b = n.norm(n.x);
            n.output("y", n.add(new Activation(Function.SILU), b));
            if (updated) {
              n.track(n.x);
            }
            Node g = n.add(new Activation.InputGradient(Function.SILU), n.r, b);
            Node sums = n.add(new BatchNorm.AffineGradient(EPSILON), g, n.x, n.statistics);
            BatchNorm.InputGradient input = new BatchNorm.InputGradient(EPSILON, false);
            n.output("dx", n.add(input, g, n.x, n.statistics, n.affine, sums));
          };
      if (updated) {
        stays(step);
      } else {
        assertNotEquals(graph(step).toString(), Fusion.fuse(graph(step)).toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theResultTellsTheSlopeOfReluAndRelu6Alone(Function f) {
    boolean tells = true;
    for (float x = -9; x <= 9; x += 0.125f) {
      tells &= f.slope(f.apply(x)) == f.slope(x);
    }
    float[] extremes = {
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Math.nextDown(6f),
      Math.nextUp(6f),
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    for (float x : extremes) {
      tells &= Float.compare(f.slope(f.apply(x)), f.slope(x)) == 0;
    }
    assertEquals(f == Function.RELU || f == Function.RELU6, tells);
  }
}
