package dev.linnet.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NetworkBuilderTest {
  private static final Shape IMAGES = Shape.of(2, 9, 9, 8);

  private final GraphBuilder graph = new GraphBuilder();
  private final NetworkBuilder n = builder(Mode.TRAINING);
  private final Node x = graph.input("images", IMAGES);

  private NetworkBuilder builder(Mode mode) {
    return new NetworkBuilder(graph, mode, Weights.own());
  }

  private Graph build(Node y) {
    return graph.build(Map.of("y", y));
  }

  private static long count(Graph graph, Class<?> op) {
    return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
  }

  private static List<String> parameters(Graph graph) {
    return graph.nodes().stream()
        .map(Node::op)
        .filter(Leaf.Parameter.class::isInstance)
        .map(op -> ((Leaf.Parameter) op).name())
        .sorted()
        .toList();
  }

  @Test
  void aConvolutionKeepsTheSizeAtStrideOneAndHalvesItAtStrideTwo() {
    assertEquals(Shape.of(2, 9, 9, 16), n.conv("a", x, 16, 3, 1).shape());
    assertEquals(Shape.of(2, 5, 5, 16), n.conv("b", x, 16, 5, 2).shape());
    assertEquals(Shape.of(2, 9, 9, 8), n.depthwise("c", x, 7, 1).shape());
    Node grouped = n.conv("d", x, 6, Window.square(3, 1, 2, 2), 2);
    assertEquals(Shape.of(2, 9, 9, 6), grouped.shape());
    assertEquals(Shape.of(6, 4, 3, 3), grouped.input(1).shape());
  }

  @Test
  void weightsStartWithTheVarianceOfTheirFanIn() {
    Leaf.Parameter grouped = (Leaf.Parameter) n.conv("a", x, 6, Window.same(3, 1), 2).input(1).op();
    assertEquals(Initializer.he(4 * 9), grouped.initializer());
    Leaf.Parameter depthwise = (Leaf.Parameter) n.depthwise("b", x, 5, 1).input(1).op();
    assertEquals(Initializer.he(25), depthwise.initializer());
  }

  @Test
  void namesOfParametersStartWithTheirLayers() {
    Node y =
        n.invertedResidual(
            "block",
            n.convBnAct("stem", x, 8, 3, 1, Function.RELU),
            8,
            3,
            1,
            2,
            Function.RELU,
            true);
    Graph built = build(n.classifier("head", y, 10));
    for (String name : parameters(built)) {
      assertTrue(name.matches("(stem|block|head)/.*"), name);
    }
    assertEquals(
        List.of(
            "block/depthwise3x3/bn/affine",
            "block/depthwise3x3/weight",
            "block/expand/bn/affine",
            "block/expand/conv/weight",
            "block/project/bn/affine",
            "block/project/conv/weight",
            "block/se/excite/bias",
            "block/se/excite/weight",
            "block/se/squeeze/bias",
            "block/se/squeeze/weight",
            "head/bias",
            "head/weight",
            "stem/bn/affine",
            "stem/conv/weight"),
        parameters(built));
  }

  @Test
  void anInvertedResidualHasAShortcutWhereTheShapesAgree() {
    Node same = n.invertedResidual("a", x, 8, 3, 1, 3, Function.HARD_SWISH, false);
    assertTrue(same.op() instanceof Add);
    assertSame(x, same.input(0));
    assertFalse(n.invertedResidual("b", x, 16, 3, 1, 3, Function.RELU, false).op() instanceof Add);
    Node halved = n.invertedResidual("c", x, 8, 3, 2, 3, Function.RELU, false);
    assertFalse(halved.op() instanceof Add);
    assertEquals(Shape.of(2, 5, 5, 8), halved.shape());
  }

  @Test
  void anInvertedResidualWithoutExpansionHasNoExpandingConvolution() {
    NetworkBuilder m = builder(Mode.INFERENCE);
    Graph one = build(m.invertedResidual("a", x, 8, 3, 1, 1, Function.RELU, false));
    assertEquals(2, count(one, Conv2d.class));
    assertEquals(8 * 9 + 8 * 8 + 2 * 2 * 8, one.parameters());
    Graph three = build(m.invertedResidual("b", x, 8, 3, 1, 3, Function.RELU, false));
    assertEquals(3, count(three, Conv2d.class));
    assertEquals(8 * 24 + 24 * 9 + 24 * 8 + 2 * (24 + 24 + 8), three.parameters());
  }

  @Test
  void squeezeExciteGatesTheChannelsOfX() {
    Node y = n.squeezeExcite("se", x, 4);
    assertTrue(y.op() instanceof Multiply);
    assertEquals(Shape.of(2, 1, 1, 8), y.input(1).shape());
    assertEquals(8 * 8 + 8 + 8 * 8 + 8, build(y).parameters()); // a bottleneck of at least 8
  }

  @Test
  void aSeparableConvolutionIsDepthwiseThenPointwise() {
    Graph built = build(n.separable("s", x, 16, 5, 2, Function.RELU));
    assertEquals(Shape.of(2, 5, 5, 16), built.output("y").shape());
    assertEquals(8 * 25 + 2 * 8 + 16 * 8 + 2 * 16, built.parameters());
    assertEquals(2L * 25 * (8 * 25 + 16 * 8), built.macs());
  }

  @Test
  void poolsConcatAndZeroGiveTheirShapes() {
    assertEquals(Shape.of(2, 5, 5, 8), n.maxPool(x, 3, 2).shape());
    assertEquals(IMAGES, n.avgPool(x, 3, 1).shape());
    assertEquals(Shape.of(2, 9, 9, 24), n.concat(x, n.zero(x), x).shape());
    assertEquals(Shape.of(2, 10), n.classifier("c", x, 10).shape());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theModeDecidesOnMomentsStatisticsAndDropout(Mode mode) {
    Node y = builder(mode).convBnAct("a", x, 4, 3, 1, Function.RELU);
    Graph built = build(builder(mode).dropout(y, 0.5f));
    assertEquals(mode == Mode.INFERENCE ? 0 : 1, count(built, BatchMoments.class));
    boolean tracking = mode == Mode.TRAINING || mode == Mode.CALIBRATION;
    assertEquals(tracking ? 1 : 0, count(built, MovingAverage.class));
    boolean dropout = mode == Mode.TRAINING || mode == Mode.SUPERNET;
    assertEquals(dropout ? 1 : 0, count(built, Dropout.class));
    assertEquals(mode == Mode.SUPERNET ? 0 : 1, count(built, Leaf.State.class));
  }

  @Test
  void dropoutsOfOneNetworkHaveSaltsOfTheirOwn() {
    Node a = n.dropout(x, 0.5f);
    Node b = n.dropout(a, 0.5f);
    assertFalse(a.op().equals(b.op()));
    assertSame(a.input(1), b.input(1)); // one key for all
    assertSame(x, n.dropout(x, 0));
  }

  @Test
  void weightsMayComeFromASharedTensor() {
    Weights shared =
        (builder, name, shape, initializer) ->
            builder.add(
                new LeadingSlice(shape),
                builder.parameter("shared/" + name, shape.with(0, 64), initializer));
    Node y = new NetworkBuilder(graph, Mode.SUPERNET, shared).conv("a", x, 16, 3, 1);
    assertEquals(Shape.of(2, 9, 9, 16), y.shape());
    assertEquals(List.of("shared/a/weight"), parameters(build(y)));
    assertEquals(64 * 8 * 9, build(y).parameters());
  }
}
