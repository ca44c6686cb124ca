package dev.linnet.core.nn;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;

/**
 * Adds layers and blocks to a graph. Every layer with parameters takes a name that is unique in the
 * network; the names of its parameters start with it.
 */
public final class NetworkBuilder {
  /** Added to the variance by every batch norm. */
  public static final float EPSILON = 1e-5f;

  /** The setting that says how fast running statistics follow; see {@link MovingAverage}. */
  public static final String STATISTICS_RATE = "statisticsRate";

  /** The setting that changes the masks of dropout every step; see {@link Dropout}. */
  public static final String DROPOUT_KEY = "dropoutKey";

  private final GraphBuilder graph;
  private final Mode mode;
  private final Weights weights;
  private int dropouts;

  /**
   * A builder onto a graph.
   *
   * @param mode what the network is for
   * @param weights where its parameters come from
   */
  public NetworkBuilder(GraphBuilder graph, Mode mode, Weights weights) {
    this.graph = graph;
    this.mode = mode;
    this.weights = weights;
  }

  /** The graph that is built. */
  public GraphBuilder graph() {
    return graph;
  }

  /** A square convolution, padded so that stride 1 keeps the size; no bias. */
  public Node conv(String name, Node x, int channels, int kernel, int stride) {
    return conv(name, x, channels, Window.same(kernel, stride), 1);
  }

  /** A convolution of any geometry; no bias. */
  public Node conv(String name, Node x, int channels, Window window, int groups) {
    int perGroup = x.shape().dim(3) / groups;
    Shape shape = Shape.of(channels, perGroup, window.kernelHeight(), window.kernelWidth());
    Initializer he = Initializer.he(perGroup * window.taps());
    Node w = weights.parameter(graph, name + "/weight", shape, he);
    return graph.add(new Conv2d(window, groups), x, w);
  }

  /** A convolution of every channel by itself. */
  public Node depthwise(String name, Node x, int kernel, int stride) {
    int channels = x.shape().dim(3);
    return conv(name, x, channels, Window.same(kernel, stride), channels);
  }

  /** Batch norm over the last extent. */
  public Node batchNorm(String name, Node x) {
    Shape shape = Shape.of(2, x.shape().dim(-1));
    Node affine = weights.parameter(graph, name + "/affine", shape, new Initializer.Identity());
    Node moments;
    if (mode.batchMoments()) {
      moments = graph.add(new BatchMoments(), x);
      if (mode.tracking()) {
        Node rate = graph.setting(STATISTICS_RATE, Shape.of(1));
        graph.add(new MovingAverage(), statistics(name, shape), moments, rate);
      }
    } else {
      moments = statistics(name, shape);
    }
    return graph.add(new BatchNorm(EPSILON), x, moments, affine);
  }

  private Node statistics(String name, Shape shape) {
    return graph.state(name + "/statistics", shape, new Initializer.StandardMoments());
  }

  /** An elementwise function. */
  public Node activation(Function function, Node x) {
    return graph.add(new Activation(function), x);
  }

  /** Convolution, batch norm, activation. */
  public Node convBnAct(
      String name, Node x, int channels, int kernel, int stride, Function function) {
    Node y = conv(name + "/conv", x, channels, kernel, stride);
    return activation(function, batchNorm(name + "/bn", y));
  }

  /** Depthwise and pointwise convolution, each with batch norm and activation (MobileNet). */
  public Node separable(
      String name, Node x, int channels, int kernel, int stride, Function function) {
    Node y = depthwiseBnAct(name, x, kernel, stride, function);
    return convBnAct(name + "/pointwise", y, channels, 1, 1, function);
  }

  /** Named by its kernel, so that blocks that differ in it alone share all else in a supernet. */
  private Node depthwiseBnAct(String name, Node x, int kernel, int stride, Function function) {
    String own = name + "/depthwise" + kernel + "x" + kernel;
    return activation(function, batchNorm(own + "/bn", depthwise(own, x, kernel, stride)));
  }

  /**
   * Expansion, depthwise convolution, optional squeeze-excite, linear projection; with a residual
   * connection where the shapes agree. MobileNetV2 (arXiv:1801.04381), V3 (arXiv:1905.02244).
   *
   * @param expansion the hidden channels, as a multiple of x's
   */
  public Node invertedResidual(
      String name,
      Node x,
      int channels,
      int kernel,
      int stride,
      int expansion,
      Function function,
      boolean squeezeExcite) {
    int hidden = x.shape().dim(3) * expansion;
    Node y = expansion == 1 ? x : convBnAct(name + "/expand", x, hidden, 1, 1, function);
    y = depthwiseBnAct(name, y, kernel, stride, function);
    if (squeezeExcite) {
      y = squeezeExcite(name + "/se", y, 4);
    }
    y = batchNorm(name + "/project/bn", conv(name + "/project/conv", y, channels, 1, 1));
    return y.shape().equals(x.shape()) ? add(x, y) : y;
  }

  /**
   * Gates channels by what the whole image holds (Hu et al. 2018, arXiv:1709.01507), with the hard
   * sigmoid of MobileNetV3.
   *
   * @param reduction divides the channels of the bottleneck, which has at least 8
   */
  public Node squeezeExcite(String name, Node x, int reduction) {
    int channels = x.shape().dim(3);
    int squeezed = Math.max(8, channels / reduction);
    Node gate = graph.add(new GlobalAvgPool(), x);
    gate = bias(name + "/squeeze", conv(name + "/squeeze", gate, squeezed, 1, 1));
    gate = activation(Function.RELU, gate);
    gate = bias(name + "/excite", conv(name + "/excite", gate, channels, 1, 1));
    return graph.add(new Multiply(), x, activation(Function.HARD_SIGMOID, gate));
  }

  /** Adds a bias per channel. */
  public Node bias(String name, Node x) {
    Shape shape = Shape.of(x.shape().dim(-1));
    Node bias = weights.parameter(graph, name + "/bias", shape, new Initializer.Fill(0));
    return graph.add(new BiasAdd(), x, bias);
  }

  /** Max pooling, padded so that stride 1 keeps the size. */
  public Node maxPool(Node x, int kernel, int stride) {
    return graph.add(new MaxPool2d(Window.same(kernel, stride)), x);
  }

  /** Average pooling over the pixels inside, padded so that stride 1 keeps the size. */
  public Node avgPool(Node x, int kernel, int stride) {
    return graph.add(new AvgPool2d(Window.same(kernel, stride), false), x);
  }

  /** The sum of two feature maps of one shape. */
  public Node add(Node a, Node b) {
    return graph.add(new Add(), a, b);
  }

  /** Feature maps side by side along the channels. */
  public Node concat(Node... parts) {
    return graph.add(new Concat(), parts);
  }

  /** The operation "none". */
  public Node zero(Node x) {
    return graph.add(new Zero(), x);
  }

  /** Dropout where the mode has it; else x itself. */
  public Node dropout(Node x, float rate) {
    int salt = dropouts++;
    return mode.dropout() && rate > 0
        ? graph.add(new Dropout(rate, salt), x, graph.setting(DROPOUT_KEY, Shape.of(2)))
        : x;
  }

  /** {@code x · wᵀ + b} for x {@code [N, I]}. */
  public Node dense(String name, Node x, int features) {
    int inputs = x.shape().dim(1);
    Shape shape = Shape.of(features, inputs);
    Node w = weights.parameter(graph, name + "/weight", shape, Initializer.he(2 * inputs));
    return bias(name, graph.add(new Dense(), x, w));
  }

  /** Global average pooling and a dense layer: logits {@code [N, classes]}. */
  public Node classifier(String name, Node x, int classes) {
    return dense(name, graph.add(new Flatten(), graph.add(new GlobalAvgPool(), x)), classes);
  }
}
