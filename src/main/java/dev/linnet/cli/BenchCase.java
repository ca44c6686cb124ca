package dev.linnet.cli;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.model.Model;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.core.train.StepSettings;
import dev.linnet.space.HandDesigned;
import dev.linnet.space.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that can be timed: a graph with its inputs filled.
 *
 * @param name unique, without blanks
 * @param graph of one run
 * @param store makes the weights on a backend
 */
record BenchCase(String name, Graph graph, Function<Backend, ParameterStore> store) {
  private static final int BATCH = 64;
  private static final int CLASSES = 10;
  private static final Recipe RECIPE =
      new Recipe(
          1,
          BATCH,
          new Optimizer.NesterovSgd(0.9f, 5e-4f),
          new Schedule.Constant(1e-3f),
          0,
          Float.POSITIVE_INFINITY,
          Augmentation.NONE,
          0);

  /** Kernels and networks that are at hand everywhere. */
  static List<BenchCase> builtIn() {
    List<BenchCase> cases = new ArrayList<>();
    cases.add(convolution("conv3x3/64x64@28x28", 64, 64, 3, 28, 1));
    cases.add(convolution("conv3x3/32x32@16x16", 32, 32, 3, 16, 1));
    cases.add(convolution("conv1x1/64x128@28x28", 64, 128, 1, 28, 1));
    cases.add(convolution("depthwise3x3/64@28x28", 64, 64, 3, 28, 64));
    Task task = new Task(new ImageShape(32, 32, 3), CLASSES);
    HandDesigned network = HandDesigned.comparable(task, 10_000_000);
    String name = network.name().replace(" (", "/").replace(")", "") + "@32x32";
    Graph single = Networks.inference(network.architecture(), task.images(1), Weights.own());
    cases.add(network(name + "/inference/batch1", single));
    cases.add(network(name + "/inference/batch" + BATCH, single.withBatch(BATCH)));
    cases.add(
        network(
            name + "/training/batch" + BATCH,
            Networks.training(
                network.architecture(), task.images(BATCH), Mode.TRAINING, Weights.own(), RECIPE)));
    return cases;
  }

  /** Inference of a model. */
  static List<BenchCase> of(Model model) {
    return List.of(
        new BenchCase("model/inference/batch1", model.graph(), model::store),
        new BenchCase(
            "model/inference/batch" + BATCH, model.graph().withBatch(BATCH), model::store));
  }

  private static BenchCase convolution(
      String name, int in, int out, int kernel, int size, int groups) {
    GraphBuilder graph = new GraphBuilder();
    Node x = graph.input(Networks.IMAGES, Shape.of(1, size, size, in));
    Node weights =
        graph.parameter(
            "weights", Shape.of(out, in / groups, kernel, kernel), new Initializer.Normal(0.05f));
    Node y = graph.add(new Conv2d(Window.same(kernel, 1), groups), x, weights);
    return network(name, graph.build(Map.of("y", y)));
  }

  private static BenchCase network(String name, Graph graph) {
    return new BenchCase(
        name,
        graph,
        backend -> {
          ParameterStore store = new ParameterStore(backend);
          store.initialize(graph, 1);
          return store;
        });
  }

  /** Floating-point operations of one run: two for each multiply-accumulate, nothing else. */
  long flops() {
    return 2 * graph.macs();
  }

  /** Makes it ready to run, on random images. */
  Program compile(Backend backend) {
    Program program = Program.compile(graph, store.apply(backend));
    RandomStream random = RandomStream.of(1, name);
    new StepSettings(RECIPE, 1).apply(program, 0, 1);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input input && input.batched()) {
        float[] values = new float[input.shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              input.name().equals(Networks.LABELS)
                  ? random.nextInt(CLASSES)
                  : random.nextFloat() * 2 - 1;
        }
        program.set(input.name(), values);
      }
    }
    return program;
  }
}
