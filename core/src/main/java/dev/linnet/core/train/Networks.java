package dev.linnet.core.train;

import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Gradients;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graphs that a network's life needs: to train it, to calibrate it, to use it. */
public final class Networks {
  /** The input of images {@code [N, H, W, C]}. */
  public static final String IMAGES = "images";

  /** The input of labels {@code [N]}. */
  public static final String LABELS = "labels";

  /** The output of logits {@code [N, classes]}. */
  public static final String LOGITS = "logits";

  /** The output of the mean loss {@code [1]}. */
  public static final String LOSS = "loss";

  /** The setting of the learning rate {@code [1]}. */
  static final String RATE = "rate";

  /** The setting of how fast the average of the weights follows {@code [1]}. */
  static final String AVERAGE_RATE = "averageRate";

  /** Marks the names of averaged weights. */
  static final String AVERAGE = "average:";

  private Networks() {}

  /**
   * A training step: forward, loss, backward, updates.
   *
   * @param images {@code [N, H, W, C]}
   * @param mode {@link Mode#TRAINING} or {@link Mode#SUPERNET}
   */
  public static Graph training(
      Architecture architecture, Shape images, Mode mode, Weights weights, Recipe recipe) {
    GraphBuilder graph = new GraphBuilder();
    Node logits = logits(graph, architecture, images, mode, weights);
    Node labels = graph.input(LABELS, Shape.of(images.dim(0)));
    Node loss = graph.add(new SoftmaxCrossEntropy(recipe.smoothing()), logits, labels);
    List<Node> forward = graph.nodes();
    Map<Node, Node> gradients = Gradients.of(graph, loss);
    Node scale = graph.add(new GradientScale(recipe.clip()), List.copyOf(gradients.values()));
    Node rate = graph.setting(RATE, Shape.of(1));
    gradients.forEach((p, g) -> recipe.optimizer().update(graph, p, g, scale, rate));
    if (recipe.average() > 0) {
      forward.forEach(node -> average(graph, node));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put(LOSS, loss);
    outputs.put(LOGITS, logits);
    return graph.build(outputs);
  }

  /** Lets a moving average follow a parameter. */
  private static void average(GraphBuilder graph, Node node) {
    if (node.op() instanceof Leaf.Parameter p) {
      Node average = graph.state(AVERAGE + p.name(), p.shape(), new Initializer.Fill(0));
      graph.add(new MovingAverage(), average, node, graph.setting(AVERAGE_RATE, Shape.of(1)));
    }
  }

  /** A forward pass that renews the running statistics and trains nothing. */
  public static Graph calibration(Architecture architecture, Shape images, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    logits(graph, architecture, images, Mode.CALIBRATION, weights);
    return graph.build(Map.of());
  }

  /** The network in use: images to logits. */
  public static Graph inference(Architecture architecture, Shape images, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    Node logits = logits(graph, architecture, images, Mode.INFERENCE, weights);
    return graph.build(Map.of(LOGITS, logits));
  }

  private static Node logits(
      GraphBuilder graph, Architecture architecture, Shape images, Mode mode, Weights weights) {
    Node input = graph.input(IMAGES, images);
    return architecture.build(new NetworkBuilder(graph, mode, weights), input);
  }
}
