package dev.linnet.bench.peers;

import dev.linnet.bench.cases.ConvShape;
import dev.linnet.bench.cases.ConvShapes;
import dev.linnet.bench.zoo.Zoo;
import dev.linnet.bench.zoo.ZooNetwork;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cases that belong together. */
enum Group {
  /** Convolutions at inference, against ONNX Runtime. */
  CONV17("conv17"),
  /** Convolutions in a row, against ONNX Runtime: without the reorders at both ends. */
  CONV_CHAIN("conv-chain"),
  /** Dense layers, against OpenBLAS; weights are known beforehand. */
  SGEMM("sgemm"),
  /** The gradients of dense layers, against OpenBLAS. */
  SGEMM_GRADIENTS("sgemm-gradients"),
  /** Training steps, against PyTorch. */
  TRAIN("train"),
  /** Networks at inference, against ONNX Runtime. */
  INFERENCE("inference"),
  /** Networks at inference, against PyTorch. */
  INFERENCE_PYTORCH("inference-pytorch");

  private static final double GIGA = 1e9;
  private static final int TRAINING_BATCH = 64;
  private static final int CHAIN = 8;

  /** Of millions of activations some lie so near a kink that rounding decides on their gradient. */
  private static final double TRAINING_TOLERANCE = 0.03;

  private static final List<Integer> SIZES = List.of(384, 512, 768, 1024, 1536);
  private static final List<Integer> BATCHES = List.of(1, 32);
  private static final String ORT = "ONNX Runtime";
  private static final String PYTORCH = "PyTorch";
  private static final String OPENBLAS = "OpenBLAS";

  private final String label;

  Group(String label) {
    this.label = label;
  }

  /** The name in options, tables and files. */
  @Override
  public String toString() {
    return label;
  }

  /** The cases, made when they are run. */
  List<Case> cases(Backend backend, int threads) {
    List<Case> cases = new ArrayList<>();
    switch (this) {
      case CONV17 ->
          ConvShapes.compared()
              .forEach(shape -> cases.add(convolution(shape, 1, backend, threads)));
      case CONV_CHAIN ->
          ConvShapes.compared().stream()
              .filter(shape -> shape.x().equals(shape.y()))
              .forEach(shape -> cases.add(convolution(shape, CHAIN, backend, threads)));
      case SGEMM ->
          SIZES.forEach(n -> cases.add(gemm(new Gemm(Gemm.Kind.FORWARD, n), backend, threads)));
      case SGEMM_GRADIENTS -> {
        SIZES.forEach(
            n -> cases.add(gemm(new Gemm(Gemm.Kind.INPUT_GRADIENT, n), backend, threads)));
        SIZES.forEach(
            n -> cases.add(gemm(new Gemm(Gemm.Kind.WEIGHT_GRADIENT, n), backend, threads)));
      }
      case TRAIN -> {
        cases.add(training(Zoo.named("resnet20@32x32"), TRAINING_BATCH, backend, threads));
        cases.add(training(Zoo.named("inverted@32x32"), TRAINING_BATCH, backend, threads));
      }
      case INFERENCE, INFERENCE_PYTORCH ->
          BATCHES.forEach(
              batch -> Zoo.all().forEach(n -> cases.add(network(n, batch, backend, threads))));
    }
    return cases;
  }

  private Case convolution(ConvShape shape, int length, Backend backend, int threads) {
    Network network = Network.random(graph(shape, length));
    double gigaflops = 2 * network.graph().macs() / GIGA;
    return new Case(
        label,
        shape.name() + (length == 1 ? "" : " ×" + length),
        threads,
        Case.GFLOPS,
        gigaflops,
        gigaflops,
        Case.TOLERANCE,
        () -> new LinnetRun(network, backend),
        ORT,
        () -> new OnnxRuntimeRun(network, threads));
  }

  private static Graph graph(ConvShape shape, int length) {
    GraphBuilder graph = new GraphBuilder();
    Shape w = shape.weights();
    float deviation = (float) Math.sqrt((double) w.dim(0) / w.size()); // keeps the variance
    Node y = graph.input(Networks.IMAGES, shape.x());
    for (int i = 0; i < length; i++) {
      Node weights = graph.parameter("weights" + i, w, new Initializer.Normal(deviation));
      y = graph.add(shape.op(), y, weights);
    }
    return graph.build(Map.of("y", y));
  }

  private Case gemm(Gemm gemm, Backend backend, int threads) {
    Network network = Network.random(gemm.graph());
    double gigaflops = 2 * network.graph().macs() / GIGA;
    return new Case(
        label,
        gemm.toString(),
        threads,
        Case.GFLOPS,
        gigaflops,
        gigaflops,
        Case.TOLERANCE,
        () -> new LinnetRun(network, backend),
        OPENBLAS,
        () -> new OpenBlasRun(network, gemm, threads));
  }

  private Case network(ZooNetwork of, int batch, Backend backend, int threads) {
    Network network = Network.random(of.inference(batch));
    boolean torch = this == INFERENCE_PYTORCH;
    return new Case(
        label,
        of.name() + " batch " + batch,
        threads,
        Case.IMAGES,
        batch,
        2 * network.graph().macs() / GIGA,
        Case.TOLERANCE,
        () -> new LinnetRun(network, backend),
        torch ? PYTORCH : ORT,
        () -> torch ? new TorchRun(network, threads) : new OnnxRuntimeRun(network, threads));
  }

  /** The case of a training step. */
  Case training(ZooNetwork of, int batch, Backend backend, int threads) {
    Recipe recipe = withoutClipping(ZooNetwork.recipe(batch));
    Graph graph =
        Networks.training(
            of.architecture(), of.images(batch), Mode.TRAINING, Weights.own(), recipe);
    Network network = Network.random(graph);
    TrainingSettings settings = TrainingSettings.of(graph, recipe.schedule().rate(0));
    return new Case(
        label,
        of.name() + " batch " + batch,
        threads,
        Case.IMAGES,
        batch,
        2 * network.graph().macs() / GIGA,
        TRAINING_TOLERANCE,
        () -> new LinnetTraining(network, settings, recipe, backend),
        PYTORCH,
        () -> new TorchTraining(network, settings, threads));
  }

  /**
   * PyTorch's side does not clip: it would have to wait for the norm. Linnet computes it anyway.
   */
  private static Recipe withoutClipping(Recipe recipe) {
    return new Recipe(
        recipe.epochs(),
        recipe.batch(),
        recipe.optimizer(),
        recipe.schedule(),
        recipe.smoothing(),
        Float.POSITIVE_INFINITY,
        recipe.augmentation(),
        recipe.average());
  }
}
