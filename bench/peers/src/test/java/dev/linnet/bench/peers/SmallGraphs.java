package dev.linnet.bench.peers;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Graphs of one or a few operations of inference, on odd sizes. */
final class SmallGraphs {
  private static final Shape IMAGES = Shape.of(2, 7, 5, 6);
  private static final Shape ROWS = Shape.of(3, 11);

  private final Map<String, Graph> graphs = new LinkedHashMap<>();

  private SmallGraphs() {}

  /** All of them, by name. */
  static Map<String, Graph> all() {
    SmallGraphs small = new SmallGraphs();
    small.convolutions();
    small.pools();
    small.pointwise();
    small.rows();
    return small.graphs;
  }

  private void images(String name, BiFunction<NetworkBuilder, Node, Node> body) {
    graphs.put(name, graph(IMAGES, body));
  }

  private static Graph graph(Shape input, BiFunction<NetworkBuilder, Node, Node> body) {
    GraphBuilder graph = new GraphBuilder();
    NetworkBuilder builder = new NetworkBuilder(graph, Mode.INFERENCE, Weights.own());
    return graph.build(Map.of("y", body.apply(builder, graph.input("x", input))));
  }

  private void convolutions() {
    images("3×3", (n, x) -> n.conv("c", x, 8, 3, 1));
    images("5×5 stride 2", (n, x) -> n.conv("c", x, 4, 5, 2));
    images("1×1", (n, x) -> n.conv("c", x, 9, 1, 1));
    images("depthwise", (n, x) -> n.depthwise("c", x, 3, 2));
    images("groups", (n, x) -> n.conv("c", x, 4, Window.same(3, 1), 2));
    images("dilation", (n, x) -> n.conv("c", x, 4, Window.square(3, 1, 2, 2), 1));
    images(
        "uneven padding", (n, x) -> n.conv("c", x, 4, new Window(3, 2, 2, 1, 0, 1, 2, 0, 1, 1), 1));
    images("convolution and bias", (n, x) -> n.bias("c", n.conv("c", x, 8, 3, 1)));
    images(
        "a convolution that is read without its bias as well",
        (n, x) -> {
          Node y = n.conv("c", x, 8, 3, 1);
          return n.add(n.bias("c", y), y);
        });
    images("convolution, norm, activation", (n, x) -> n.convBnAct("c", x, 8, 3, 1, Function.RELU));
    images(
        "constant weights",
        (n, x) -> {
          Node w = n.graph().add(new Leaf.Constant(0.5f, Shape.of(4, 6, 3, 3)));
          return n.graph().add(new Conv2d(Window.same(3, 1), 1), x, w);
        });
  }

  private void pools() {
    images("max pool", (n, x) -> n.graph().add(new MaxPool2d(Window.square(3, 2, 1, 1)), x));
    images(
        "average pool over the pixels inside",
        (n, x) -> n.graph().add(new AvgPool2d(Window.square(3, 2, 1, 1), false), x));
    images(
        "average pool with padding",
        (n, x) -> n.graph().add(new AvgPool2d(Window.square(3, 1, 1, 1), true), x));
    images("global average pool", (n, x) -> n.graph().add(new GlobalAvgPool(), x));
  }

  private void pointwise() {
    for (Function function : Function.values()) {
      images("activation " + function, (n, x) -> n.graph().add(new Activation(function), x));
    }
    images("batch norm", (n, x) -> n.batchNorm("n", x));
    images("bias", (n, x) -> n.bias("b", x));
    images("sum", (n, x) -> n.add(x, n.activation(Function.RELU, x)));
    images(
        "product", (n, x) -> n.graph().add(new Multiply(), x, n.activation(Function.SIGMOID, x)));
    images("squeeze-excite", (n, x) -> n.squeezeExcite("s", x, 2));
    images("concat", (n, x) -> n.concat(x, n.conv("c", x, 3, 1, 1), x));
    images("zero", (n, x) -> n.add(x, n.zero(x)));
  }

  private void rows() {
    images("flatten in NHWC order", (n, x) -> n.dense("d", n.graph().add(new Flatten(), x), 4));
    images("classifier", (n, x) -> n.classifier("c", x, 10));
    graphs.put("dense and bias", graph(ROWS, (n, x) -> n.dense("d", x, 5)));
    graphs.put(
        "batch norm of rows",
        graph(
            ROWS,
            (n, x) -> {
              Shape moments = Shape.of(2, 11);
              Node statistics = n.graph().state("m", moments, new Initializer.StandardMoments());
              Node affine = n.graph().parameter("a", moments, new Initializer.Identity());
              return n.graph().add(new BatchNorm(1e-3f), x, statistics, affine);
            }));
    graphs.put(
        "bias of rows",
        graph(
            ROWS,
            (n, x) -> {
              Node bias = n.graph().parameter("b", Shape.of(11), new Initializer.Normal(1));
              return n.graph().add(new BiasAdd(), x, bias);
            }));
  }
}
