package dev.linnet.core.graph;

import static dev.linnet.core.graph.FusionNet.CONV;
import static dev.linnet.core.graph.FusionNet.EPSILON;
import static dev.linnet.core.graph.FusionNet.NORM;
import static dev.linnet.core.graph.FusionNet.NO_FUNCTION;
import static dev.linnet.core.graph.FusionNet.RELU;
import static dev.linnet.core.graph.FusionNet.ZERO;
import static dev.linnet.core.graph.FusionNet.fuses;
import static dev.linnet.core.graph.FusionNet.graph;
import static dev.linnet.core.graph.FusionNet.stays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.FusedConv2d.Shift;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FusionTest {
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
    fuses( // the later one is the bias of a convolution that is named
        n -> {
          Node a = n.conv();
          Node b = n.add(CONV, n.r, n.w);
          n.output("b", b);
          n.output("y", n.add(new Add(), a, n.add(new BiasAdd(), b, n.bias)));
        },
        n -> {
          Node b = n.add(CONV, n.r, n.w);
          n.output("b", b);
          Node biased = n.add(new BiasAdd(), b, n.bias);
          n.output("y", n.add(conv(new Shift.None(), true), n.x, n.w, biased));
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
  void updatesBeforeAndBehindAreNoObstacle() {
    FusedConv2d conv = conv(new Shift.Norm(EPSILON), false, Function.RELU);
    fuses(
        n -> {
          n.track(n.r);
          n.output("y", n.add(RELU, n.norm(n.conv())));
        },
        n -> {
          n.track(n.r);
          n.output("y", n.add(conv, n.x, n.w, n.statistics, n.affine));
        });
    fuses(
        n -> {
          n.output("y", n.add(RELU, n.norm(n.conv())));
          n.track(n.r);
        },
        n -> {
          n.output("y", n.add(conv, n.x, n.w, n.statistics, n.affine));
          n.track(n.r);
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

  @Test
  void aGraphForAnotherBatchFusesAlike() {
    Graph graph = graph(n -> n.output("y", n.add(RELU, n.norm(n.conv()))));
    Graph fused = Fusion.fuse(graph.withBatch(7));
    assertEquals(Fusion.fuse(graph).withBatch(7).toString(), fused.toString());
    assertTrue(fused.output("y").op() instanceof FusedConv2d);
  }
}
