package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A graph in the making, to be fused: its leaves come first, in one order. */
final class FusionNet {
  static final Initializer ZERO = new Initializer.Fill(0);
  static final Conv2d CONV = new Conv2d(Window.same(3, 1), 1);
  static final float EPSILON = 1e-3f;
  static final BatchNorm NORM = new BatchNorm(EPSILON);
  static final Activation RELU = new Activation(Function.RELU);
  static final Optional<Function> NO_FUNCTION = Optional.empty();

  final GraphBuilder builder = new GraphBuilder();
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

  /** The graph of what is added. */
  static Graph graph(Consumer<FusionNet> build) {
    FusionNet net = new FusionNet();
    build.accept(net);
    return net.builder.build(net.outputs);
  }

  /** Checks that a graph fuses to another one, node by node. */
  static void fuses(Consumer<FusionNet> given, Consumer<FusionNet> expected) {
    Graph graph = graph(given);
    Graph fused = Fusion.fuse(graph);
    assertEquals(graph(expected).toString(), fused.toString());
    assertEquals(graph.macs(), fused.macs());
    assertSame(fused, Fusion.fuse(fused));
  }

  /** Checks that there is nothing to fuse. */
  static void stays(Consumer<FusionNet> given) {
    Graph graph = graph(given);
    assertSame(graph, Fusion.fuse(graph));
  }
}
