package dev.linnet.core.model;

import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
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
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Networks for the tests of models. */
final class Networks {
  private Networks() {}

  /** One convolution and a classifier: 8×8×1 images, 3 classes, a file of a few kilobytes. */
  static Graph small() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input("images", Shape.of(1, 8, 8, 1));
    x = convolution(g, "stem", x, 3, 2);
    return classifier(g, x, 3);
  }

  /** A network like those for handwritten digits: 8×8×1 images, 10 classes. */
  static Graph digits(int width) {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input("images", Shape.of(1, 8, 8, 1));
    x = convolution(g, "stem", x, width, 1);
    x = convolution(g, "stage1", x, 2 * width, 2);
    x = g.add(new Add(), x, convolution(g, "stage2", x, 2 * width, 1));
    x = convolution(g, "stage3", x, 4 * width, 2);
    return classifier(g, x, 10);
  }

  /** A network with every operation that a model can hold, several with unusual geometry. */
  static Graph everything() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input("images", Shape.of(1, 7, 9, 2));
    x =
        g.add(
            new Conv2d(new Window(3, 2, 1, 1, 1, 0, 2, 1, 2, 1), 1),
            x,
            weights(g, "a", 4, 2, 3, 2));
    Node moments = g.state("a.moments", Shape.of(2, 4), new Initializer.StandardMoments());
    Node affine = g.parameter("a.affine", Shape.of(2, 4), new Initializer.Normal(0.5f));
    x = g.add(new BatchNorm(1e-3f), x, moments, affine);
    Node sum = x;
    for (Activation.Function function : Activation.Function.values()) {
      sum = g.add(new Add(), sum, g.add(new Activation(function), x));
    }
    Node gate = g.add(new GlobalAvgPool(), sum);
    x = g.add(new Multiply(), sum, g.add(new Activation(Activation.Function.SIGMOID), gate));
    Node most = g.add(new MaxPool2d(new Window(3, 3, 2, 2, 1, 1, 1, 1, 1, 1)), x);
    Node mean = g.add(new AvgPool2d(Window.same(3, 2), true), x);
    Node inside = g.add(new AvgPool2d(Window.same(3, 2), false), x);
    x = g.add(new Concat(), most, mean, g.add(new Zero(), inside), inside);
    x = g.add(new Conv2d(Window.same(3, 1), 16), x, weights(g, "depthwise", 16, 1, 3, 3));
    x = g.add(new BiasAdd(), x, g.add(new Leaf.Constant(0.25f, Shape.of(16))));
    x = g.add(new Flatten(), x);
    x = g.add(new Dense(), x, weights(g, "dense", 5, x.shape().dim(1)));
    x = g.add(new BiasAdd(), x, weights(g, "bias", 5));
    return g.build(Map.of("logits", x));
  }

  private static Node weights(GraphBuilder g, String name, int... dims) {
    return g.parameter(name, Shape.of(dims), new Initializer.Normal(0.3f));
  }

  private static Node convolution(GraphBuilder g, String name, Node x, int channels, int stride) {
    x =
        g.add(
            new Conv2d(Window.same(3, stride), 1),
            x,
            weights(g, name + ".weights", channels, x.shape().dim(3), 3, 3));
    x =
        g.add(
            new BatchNorm(1e-5f),
            x,
            g.state(name + ".moments", Shape.of(2, channels), new Initializer.StandardMoments()),
            g.parameter(name + ".affine", Shape.of(2, channels), new Initializer.Identity()));
    return g.add(new Activation(Activation.Function.RELU), x);
  }

  private static Graph classifier(GraphBuilder g, Node x, int classes) {
    x = g.add(new Flatten(), g.add(new GlobalAvgPool(), x));
    x = g.add(new Dense(), x, weights(g, "head.weights", classes, x.shape().dim(1)));
    x = g.add(new BiasAdd(), x, weights(g, "head.bias", classes));
    return g.build(Map.of("logits", x));
  }

  /** A store with first values for a graph. */
  static ParameterStore store(Graph graph) {
    ParameterStore store = new ParameterStore(new ScalarBackend(1));
    store.initialize(graph, 11);
    for (String name : store.names()) {
      if (name.endsWith(".moments")) { // as training leaves them: not the identity
        Tensor moments = store.tensor(name);
        int channels = moments.shape().dim(1);
        for (int c = 0; c < channels; c++) {
          moments.values()[c] = 0.01f * c;
          moments.values()[channels + c] = 1 + 0.1f * c;
        }
        store.put(name, moments, false);
      }
    }
    return store;
  }

  /** Metadata that fit a graph. */
  static Metadata metadata(Graph graph) {
    Shape images = image(graph);
    int channels = images.dim(3);
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = 0.1f + 0.3f * c;
      std[c] = 0.3f;
    }
    List<String> labels =
        IntStream.range(0, graph.output("logits").shape().dim(1))
            .mapToObj(k -> "class " + k)
            .toList();
    return new Metadata(
        labels,
        new Preprocessing(images.dim(1), images.dim(2), channels, mean, std),
        "conv:3f9a:0.2.1",
        "conv",
        Provenance.empty()
            .with(Provenance.DATA, "Ziffern „8×8“ \"quoted\"\n")
            .with(Provenance.SEED, 1234567890123456789L)
            .with(Provenance.VALIDATION_ACCURACY, 0.98765432109)
            .with("note", ""));
  }

  static Model model(Graph graph) {
    return Model.of(graph, store(graph), metadata(graph));
  }

  /** Pixels that differ, for a graph's images. */
  static byte[] pixels(Graph graph) {
    byte[] pixels = new byte[image(graph).size()];
    RandomStream random = RandomStream.of(5, "pixels");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    return pixels;
  }

  private static Shape image(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> n.op() instanceof Leaf.Input)
        .findFirst()
        .orElseThrow()
        .shape();
  }
}
