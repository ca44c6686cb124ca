package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.FusedConv2d.Shift;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FusionTest {
  private static final Initializer ZERO = new Initializer.Fill(0);
  private static final Conv2d CONV = new Conv2d(Window.same(3, 1), 1);
  private static final float EPSILON = 1e-3f;
  private static final BatchNorm NORM = new BatchNorm(EPSILON);
  private static final Activation RELU = new Activation(Function.RELU);
  private static final Optional<Function> NO_FUNCTION = Optional.empty();

  /** A graph in the making: the leaves come first, in one order. */
  private static final class Net {
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<String, Node> outputs = new LinkedHashMap<>();
    final Node x = builder.input("x", Shape.of(2, 5, 7, 4));
    final Node r = builder.input("r", Shape.of(2, 5, 7, 4));
    final Node w = builder.parameter("w", Shape.of(4, 4, 3, 3), ZERO);
    final Node bias = builder.parameter("bias", Shape.of(4), ZERO);
    final Node affine = builder.parameter("affine", Shape.of(2, 4), ZERO);
    final Node statistics = builder.state("statistics", Shape.of(2, 4), ZERO);
    final Node rate = builder.setting("rate", Shape.of(1));

    Node add(Op op, Node... inputs) {
      return builder.add(op, inputs);
    }

    void output(String name, Node node) {
      outputs.put(name, node);
    }

    Node conv() {
      return add(CONV, x, w);
    }

    /** Batch norm by running statistics. */
    Node norm(Node value) {
      return add(NORM, value, statistics, affine);
    }

    /** Batch norm by the moments of the batch. */
    Node normalized(Node value) {
      return add(NORM, value, add(new BatchMoments(), value), affine);
    }

    /** Lets the running statistics follow those of a value. */
    void track(Node value) {
      add(new MovingAverage(), statistics, add(new BatchMoments(), value), rate);
    }
  }

  private static Graph graph(Consumer<Net> build) {
    Net net = new Net();
    build.accept(net);
    return net.builder.build(net.outputs);
  }

  private static void fuses(Consumer<Net> given, Consumer<Net> expected) {
    Graph graph = graph(given);
    Graph fused = Fusion.fuse(graph);
    assertEquals(graph(expected).toString(), fused.toString());
    assertEquals(graph.macs(), fused.macs());
    assertSame(fused, Fusion.fuse(fused));
  }

  private static void stays(Consumer<Net> given) {
    Graph graph = graph(given);
    assertSame(graph, Fusion.fuse(graph));
  }

  private static FusedConv2d conv(Shift shift, boolean residual, Function... function) {
    return new FusedConv2d(CONV, shift, residual, Stream.of(function).findFirst());
  }

  private static Stream<Arguments> chains() {
    return Stream.of(new Shift.None(), new Shift.Bias(), new Shift.Norm(EPSILON))
        .flatMap(
            shift ->
                Stream.concat(
                        Stream.of(NO_FUNCTION), Stream.of(Function.values()).map(Optional::of))
                    .flatMap(
                        f ->
                            Stream.of(0, 1, 2) // no residual; as the second addend; as the first
                                .map(residual -> Arguments.of(shift, residual, f))))
        .filter(a -> !List.of(a.get()).equals(List.of(new Shift.None(), 0, NO_FUNCTION)));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aConvolutionAndWhatFollowsItBecomeOne(
      Shift shift, int residual, Optional<Function> function) {
    fuses(
        n -> {
          Node y = n.conv();
          if (shift instanceof Shift.Bias) {
            y = n.add(new BiasAdd(), y, n.bias);
          } else if (shift instanceof Shift.Norm) {
            y = n.norm(y);
          }
          if (residual > 0) {
            y = residual == 1 ? n.add(new Add(), y, n.r) : n.add(new Add(), n.r, y);
          }
          n.output("y", function.isPresent() ? n.add(new Activation(function.get()), y) : y);
        },
        n -> {
          List<Node> inputs = new ArrayList<>(List.of(n.x, n.w));
          if (shift instanceof Shift.Bias) {
            inputs.add(n.bias);
          } else if (shift instanceof Shift.Norm) {
            inputs.addAll(List.of(n.statistics, n.affine));
          }
          if (residual > 0) {
            inputs.add(n.r);
          }
          FusedConv2d fused = new FusedConv2d(CONV, shift, residual > 0, function);
          n.output("y", n.builder.add(fused, inputs));
        });
  }

  @Test
  void aConvolutionAloneStays() {
    stays(n -> n.output("y", n.add(new GlobalAvgPool(), n.conv())));
  }

  @Test
  void aFusedNodeStandsWhereItsLastPartStood() {
    fuses(
        n -> {
          Node y = n.conv();
          Node pooled = n.add(new GlobalAvgPool(), n.r);
          y = n.add(RELU, n.norm(y));
          n.output("pooled", pooled);
          n.output("y", n.add(new Multiply(), y, pooled));
        },
        n -> {
          Node pooled = n.add(new GlobalAvgPool(), n.r);
          FusedConv2d conv = conv(new Shift.Norm(EPSILON), false, Function.RELU);
          Node y = n.add(conv, n.x, n.w, n.statistics, n.affine);
          n.output("pooled", pooled);
          n.output("y", n.add(new Multiply(), y, pooled));
        });
  }

  @Test
  void aSecondActivationIsNotPartOfIt() {
    fuses(
        n -> n.output("y", n.add(RELU, n.add(new Activation(Function.SILU), n.conv()))),
        n ->
            n.output(
                "y", n.add(RELU, n.add(conv(new Shift.None(), false, Function.SILU), n.x, n.w))));
  }

  @Test
  void ofTwoAddendsTheLaterIsFused() {
    for (boolean swapped : new boolean[] {false, true}) {
      fuses(
          n -> {
            Node a = n.norm(n.conv());
            Node b = n.add(new BiasAdd(), n.add(CONV, n.r, n.w), n.bias);
            n.output("y", swapped ? n.add(new Add(), b, a) : n.add(new Add(), a, b));
          },
          n -> {
            FusedConv2d first = conv(new Shift.Norm(EPSILON), false);
            Node a = n.add(first, n.x, n.w, n.statistics, n.affine);
            n.output("y", n.add(conv(new Shift.Bias(), true), n.r, n.w, n.bias, a));
          });
    }
  }

  @Test
  void theEarlierAddendIsFusedWhereTheLaterCannotBe() {
    fuses( // the later one is a convolution, but named
        n -> {
          Node a = n.conv();
          Node b = n.add(CONV, n.r, n.w);
          n.output("b", b);
          n.output("y", n.add(new Add(), a, b));
        },
        n -> {
          Node b = n.add(CONV, n.r, n.w);
          n.output("b", b);
          n.output("y", n.add(conv(new Shift.None(), true), n.x, n.w, b));
        });
    fuses( // the later one is a bias, but of no convolution
        n -> {
          Node a = n.conv();
          n.output("y", n.add(new Add(), a, n.add(new BiasAdd(), n.r, n.bias)));
        },
        n -> {
          Node b = n.add(new BiasAdd(), n.r, n.bias);
          n.output("y", n.add(conv(new Shift.None(), true), n.x, n.w, b));
        });
  }

  @Test
  void namedValuesAreKept() {
    stays(
        n -> {
          Node y = n.conv();
          n.output("conv", y);
          n.output("y", n.add(RELU, y));
        });
    fuses(
        n -> {
          Node y = n.norm(n.conv());
          n.output("z", n.add(RELU, y));
          n.output("norm", y);
        },
        n -> {
          FusedConv2d conv = conv(new Shift.Norm(EPSILON), false);
          Node y = n.add(conv, n.x, n.w, n.statistics, n.affine);
          n.output("z", n.add(RELU, y));
          n.output("norm", y);
        });
    fuses(
        n -> {
          Node y = n.add(new Add(), n.conv(), n.r);
          n.output("y", n.add(RELU, y));
          n.output("sum", y);
        },
        n -> {
          Node y = n.add(conv(new Shift.None(), true), n.x, n.w, n.r);
          n.output("y", n.add(RELU, y));
          n.output("sum", y);
        });
  }

  @Test
  void valuesThatOthersUseAreKept() {
    stays(
        n -> {
          Node y = n.conv();
          n.output("y", n.add(RELU, y));
          n.output("pooled", n.add(new GlobalAvgPool(), y));
        });
    stays(
        n -> {
          Node y = n.conv();
          n.output("y", n.add(new Add(), y, y));
        });
    stays(
        n -> { // a training step's gradient takes the result too
          Node y = n.conv();
          n.output("y", n.add(RELU, y));
          n.output("dx", n.add(new Activation.InputGradient(Function.RELU), n.r, y));
        });
  }

  @Test
  void anythingElseBehindAConvolutionIsNotFused() {
    stays(n -> n.output("y", n.add(new Multiply(), n.conv(), n.r)));
    stays(n -> n.output("y", n.add(RELU, n.add(new BiasAdd(), n.r, n.bias))));
    stays( // the sum is of no feature maps
        n -> {
          Node p = n.builder.parameter("p", n.x.shape(), ZERO);
          n.output("y", n.add(new Add(), n.conv(), p));
        });
  }

  @Test
  void aBatchNormByTheMomentsOfTheBatchIsNotPartOfAConvolution() {
    fuses(
        n -> n.output("y", n.add(RELU, n.normalized(n.conv()))),
        n -> {
          Node x = n.conv();
          NormActivation norm = new NormActivation(EPSILON, false, Optional.of(Function.RELU));
          n.output("y", n.add(norm, x, n.add(new BatchMoments(), x), n.affine));
        });
    fuses(
        n -> {
          Node constant = n.add(new Leaf.Constant(1, Shape.of(2, 4)));
          n.output("y", n.add(RELU, n.add(NORM, n.conv(), constant, n.affine)));
        },
        n -> {
          Node constant = n.add(new Leaf.Constant(1, Shape.of(2, 4)));
          NormActivation norm = new NormActivation(EPSILON, false, Optional.of(Function.RELU));
          n.output("y", n.add(norm, n.conv(), constant, n.affine));
        });
  }

  @Test
  void aBatchNormAndWhatFollowsItBecomeOne() {
    for (int residual = 0; residual < 3; residual++) {
      for (boolean activated : new boolean[] {false, true}) {
        int kind = residual;
        if (kind == 0 && !activated) {
          stays(n -> n.output("y", n.norm(n.x)));
          continue;
        }
        fuses(
            n -> {
              Node y = n.norm(n.x);
              y = kind == 0 ? y : kind == 1 ? n.add(new Add(), y, n.r) : n.add(new Add(), n.r, y);
              n.output("y", activated ? n.add(RELU, y) : y);
            },
            n -> {
              Optional<Function> f = activated ? Optional.of(Function.RELU) : NO_FUNCTION;
              Node[] inputs =
                  kind == 0
                      ? new Node[] {n.x, n.statistics, n.affine}
                      : new Node[] {n.x, n.statistics, n.affine, n.r};
              n.output("y", n.add(new NormActivation(EPSILON, kind > 0, f), inputs));
            });
      }
    }
  }

  @Test
  void aBatchNormThatOthersUseStays() {
    stays(
        n -> {
          Node y = n.norm(n.x);
          n.output("norm", y);
          n.output("y", n.add(RELU, y));
        });
    stays(
        n -> {
          Node y = n.norm(n.x);
          n.output("sum", n.add(new Add(), y, n.r));
          n.output("y", n.add(RELU, y));
        });
  }

  @Test
  void updatesKeepTheirOrder() {
    fuses(
        n -> {
          Node x = n.conv();
          n.track(x);
          Node y = n.add(RELU, n.normalized(x));
          n.track(y);
        },
        n -> {
          Node x = n.conv();
          n.track(x);
          NormActivation norm = new NormActivation(EPSILON, false, Optional.of(Function.RELU));
          n.track(n.add(norm, x, n.add(new BatchMoments(), x), n.affine));
        });
  }

  @Test
  void nothingMovesBehindAnUpdateOfWhatItReads() {
    stays(
        n -> {
          Node y = n.norm(n.x);
          n.track(n.r);
          n.output("y", n.add(RELU, y));
        });
    stays(
        n -> {
          Node y = n.norm(n.conv());
          n.track(n.r);
          n.output("y", n.add(new GlobalAvgPool(), n.add(new Add(), y, n.r)));
        });
    stays(
        n -> {
          Node y = n.conv();
          Node half = n.add(new LeadingSlice(Shape.of(4, 4, 3, 3)), n.w);
          n.add(new MovingAverage(), n.w, half, n.rate);
          n.output("y", n.add(RELU, y));
        });
  }

  /** A training step: rows → dense → batch norm → f → dense → loss, with all gradients. */
  private static Consumer<Net> training(Function function, boolean residual, String... named) {
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
    final Net n;
    final Node rows;
    final Node first;
    final Node h;
    final Node moments;
    Node y;
    Node second;
    Node loss;
    Node dlogits;
    Node dy;

    Step(Net n) {
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

  @Test
  void gradientsOfAnotherNormAreNotFused() {
    Consumer<Net> foreign =
        n -> { // dx is by another affine parameter
          Node b = n.norm(n.x);
          n.output("y", n.add(new Activation(Function.SILU), b));
          Node g = n.add(new Activation.InputGradient(Function.SILU), n.r, b);
          Node sums = n.add(new BatchNorm.AffineGradient(EPSILON), g, n.x, n.statistics);
          Node other = n.builder.parameter("other", Shape.of(2, 4), ZERO);
          BatchNorm.InputGradient input = new BatchNorm.InputGradient(EPSILON, false);
          n.output("dx", n.add(input, g, n.x, n.statistics, other, sums));
        };
    stays(foreign);
  }

  @Test
  void gradientsBehindAnUpdateOfTheirParametersAreNotFused() {
    for (boolean updated : new boolean[] {false, true}) {
      Consumer<Net> step =
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

  @Test
  void aGraphForAnotherBatchFusesAlike() {
    Graph graph = graph(n -> n.output("y", n.add(RELU, n.norm(n.conv()))));
    Graph fused = Fusion.fuse(graph.withBatch(7));
    assertEquals(Fusion.fuse(graph).withBatch(7).toString(), fused.toString());
    assertTrue(fused.output("y").op() instanceof FusedConv2d);
  }
}
