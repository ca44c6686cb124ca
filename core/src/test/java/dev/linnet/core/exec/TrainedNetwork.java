package dev.linnet.core.exec;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.core.train.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A network of all blocks in training on one backend. */
final class TrainedNetwork implements AutoCloseable {
  static final Optimizer SGD = new Optimizer.NesterovSgd(0.9f, 1e-3f);
  static final Optimizer ADAM = new Optimizer.AdamW(0.9f, 0.999f, 0.01f);

  private static final int CLASSES = 5;
  private static final long SEED = 11;
  private static final int STEPS = 100;

  private final Shape images;
  private final ParameterStore store;
  private final StepSettings settings;
  private final BiFunction<Graph, ParameterStore, Program> compiler;
  private final Program training;
  private final Graph inference;
  private final float[] loss = new float[1];
  private int steps;

  /**
   * A network that has not been trained yet.
   *
   * @param images {@code [N, H, W, C]}
   * @param width of its layers
   */
  TrainedNetwork(Backend backend, Shape images, int width, Optimizer optimizer) {
    this(backend, images, width, optimizer, Program::compile);
  }

  /** The same with programs that are made in another way. */
  TrainedNetwork(
      Backend backend,
      Shape images,
      int width,
      Optimizer optimizer,
      BiFunction<Graph, ParameterStore, Program> compiler) {
    this.compiler = compiler;
    this.images = images;
    this.store = new ParameterStore(backend);
    Recipe recipe =
        new Recipe(
            1,
            images.dim(0),
            optimizer,
            new Schedule.Constant(optimizer == SGD ? 0.05f : 0.002f),
            0.1f,
            1f,
            Augmentation.NONE,
            0.9f);
    this.settings = new StepSettings(recipe, SEED);
    Graph graph =
        Networks.training(architecture(width), images, Mode.TRAINING, Weights.own(), recipe);
    store.initialize(graph, SEED);
    this.training = compiler.apply(graph, store);
    this.inference = Networks.inference(architecture(width), images, Weights.own());
  }

  /** Every block and every activation, a branch, odd widths. */
  private static Architecture architecture(int width) {
    return (NetworkBuilder n, Node x) -> {
      Node stem = n.convBnAct("stem", x, width, 3, 1, Function.RELU);
      Node residual = n.batchNorm("r/bn", n.conv("r/conv", stem, width, 3, 1));
      Node r = n.activation(Function.RELU6, n.add(stem, residual));
      Node a = n.invertedResidual("a", r, width, 3, 1, 3, Function.HARD_SWISH, true);
      Node b = n.separable("b", a, width + 5, 5, 2, Function.SILU);
      Node pools = n.concat(n.maxPool(a, 3, 2), n.avgPool(a, 3, 2));
      Node grouped = n.conv("grouped", pools, 2 * width, Window.square(3, 1, 2, 2), 2);
      grouped = n.activation(Function.RELU6, n.batchNorm("grouped/bn", grouped));
      Node joined = n.concat(b, grouped, n.zero(b));
      Node c = n.convBnAct("c", joined, width, 1, 1, Function.SIGMOID);
      return n.classifier("classifier", n.dropout(c, 0.2f), CLASSES);
    };
  }

  /** The graphs that run: the training step's and that of inference. */
  List<Graph> graphs() {
    try (Program program = compiler.apply(inference, store)) {
      return List.of(training.graph(), program.graph());
    }
  }

  /** Sets the next batch and the rates. */
  void prepare() {
    RandomStream random = RandomStream.of(SEED, "batch", steps);
    float[] pixels = new float[images.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    float[] labels = new float[images.dim(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    training.set(Networks.IMAGES, pixels);
    training.set(Networks.LABELS, labels);
    settings.apply(training, steps++, STEPS);
  }

  /** Runs the training step on what was set last. */
  void run() {
    training.run();
  }

  /** The loss of the last run. */
  float loss() {
    training.read(Networks.LOSS, loss);
    return loss[0];
  }

  /**
   * Trains some steps.
   *
   * @return the loss of each
   */
  List<Float> train(int count) {
    List<Float> losses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prepare();
      run();
      losses.add(loss());
    }
    return losses;
  }

  /** The logits of images that it has not seen. */
  float[] logits() {
    RandomStream random = RandomStream.of(SEED, "unseen");
    float[] pixels = new float[images.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    float[] logits = new float[images.dim(0) * CLASSES];
    try (Program program = compiler.apply(inference, store)) {
      program.set(Networks.IMAGES, pixels);
      program.run();
      program.read(Networks.LOGITS, logits);
    }
    return logits;
  }

  /** All parameters, statistics, velocities and averages. */
  Map<String, Tensor> values() {
    return store.snapshot(name -> true);
  }

  @Override
  public void close() {
    training.close();
  }
}
