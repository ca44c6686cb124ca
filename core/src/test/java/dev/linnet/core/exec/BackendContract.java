package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.Differentiable;
import dev.linnet.core.graph.Fused;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend must do: each operation as the scalar reference does it, on sizes that fit no
 * vector, in all layouts that a memory plan may give, the same bits for any number of threads.
 *
 * <p>A backend's test extends this class and says how to open the backend. Where it is not usable
 * on this machine, {@link #open} aborts the test with an assumption.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class BackendContract {
  private static final int MOST_THREADS = 3;
  private static final Shape SMALL = Shape.of(5, 9, 7, 3);
  private static final Shape DIVISIBLE = Shape.of(11, 17, 17, 3); // worth several threads
  private static final int STEPS = 4;
  private static final float CLOSE = 1e-4f;
  private static final float ROUNDED = 2e-2f; // operands have 11 bits, in every layer and step
  private static final int WARM_UP_SECONDS = 40;

  private final Backend reference = new ScalarBackend(1);
  private final List<Backend> backends = new ArrayList<>();

  /** Opens the backend under test. */
  protected abstract Backend open(int threads);

  /**
   * How the backend under test takes the operands of products. Beside fp32, the reference gets them
   * rounded, and only what multiplies is tested: nothing else depends on it.
   */
  protected Precision precision() {
    return Precision.FP32;
  }

  /** How close results are to those of a reference that multiplies in fp32. */
  private float close(float exactly) {
    return precision() == Precision.FP32 ? exactly : ROUNDED;
  }

  private boolean concerned(OpCase test) {
    return precision() == Precision.FP32 || Products.isOne(test);
  }

  @BeforeAll
  final void openBackends() {
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      backends.add(open(threads));
    }
  }

  @AfterAll
  final void closeBackends() {
    backends.forEach(Backend::close);
    reference.close();
  }

  /** The backend that uses this many threads. */
  final Backend backend(int threads) {
    return backends.get(threads - 1);
  }

  @TestFactory
  Stream<DynamicTest> convolutionsEqualTheReference() {
    return tests(ConvolutionCases.convolutions());
  }

  @TestFactory
  Stream<DynamicTest> convolutionsOfEveryWidthAndOutputCountEqualTheReference() {
    return tests(ConvolutionCases.tiles());
  }

  @TestFactory
  Stream<DynamicTest> convolutionsOfLargeMapsEqualTheReference() {
    return tests(ConvolutionCases.large());
  }

  @TestFactory
  Stream<DynamicTest> denseLayersEqualTheReference() {
    return tests(ConvolutionCases.dense());
  }

  @TestFactory
  Stream<DynamicTest> poolsEqualTheReference() {
    return tests(PoolCases.pools());
  }

  @TestFactory
  Stream<DynamicTest> dilatedPoolsEqualTheReference() {
    return tests(PoolCases.dilated());
  }

  @TestFactory
  Stream<DynamicTest> globalPoolsEqualTheReference() {
    return tests(PoolCases.global());
  }

  @TestFactory
  Stream<DynamicTest> activationsEqualTheReference() {
    return tests(PointwiseCases.activations());
  }

  @TestFactory
  Stream<DynamicTest> arithmeticEqualsTheReference() {
    return tests(PointwiseCases.arithmetic());
  }

  @TestFactory
  Stream<DynamicTest> batchNormsEqualTheReference() {
    return tests(PointwiseCases.norms());
  }

  @TestFactory
  Stream<DynamicTest> movesEqualTheReference() {
    return tests(PointwiseCases.moves());
  }

  @TestFactory
  Stream<DynamicTest> dropoutsEqualTheReference() {
    return tests(PointwiseCases.dropouts());
  }

  @TestFactory
  Stream<DynamicTest> leadingSlicesEqualTheReference() {
    return tests(PointwiseCases.slices());
  }

  @TestFactory
  Stream<DynamicTest> lossesEqualTheReference() {
    return tests(TrainingCases.losses());
  }

  @TestFactory
  Stream<DynamicTest> gradientScalesEqualTheReference() {
    return tests(TrainingCases.scales());
  }

  @TestFactory
  Stream<DynamicTest> updatesEqualTheReference() {
    return tests(TrainingCases.updates());
  }

  @TestFactory
  Stream<DynamicTest> fusedConvolutionsEqualTheReference() {
    return tests(FusedCases.convolutions());
  }

  @TestFactory
  Stream<DynamicTest> fusedConvolutionsOfManyTilesEqualTheReference() {
    return tests(FusedCases.tiled());
  }

  @TestFactory
  Stream<DynamicTest> fusedNormsEqualTheReference() {
    return tests(FusedCases.norms());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingFollowsTheReference(boolean adam) {
    Optimizer optimizer = adam ? TrainedNetwork.ADAM : TrainedNetwork.SGD;
    float close = close(CLOSE);
    try (TrainedNetwork expected = new TrainedNetwork(reference, SMALL, 6, optimizer);
        TrainedNetwork actual = new TrainedNetwork(backend(2), SMALL, 6, optimizer)) {
      List<Float> losses = expected.train(STEPS);
      List<Float> actualLosses = actual.train(STEPS);
      for (int i = 0; i < STEPS; i++) {
        assertEquals(losses.get(i), actualLosses.get(i), close, "loss of step " + i);
      }
      Map<String, Tensor> values = actual.values();
      expected
          .values()
          .forEach(
              (name, tensor) ->
                  assertArrayEquals(tensor.values(), values.get(name).values(), close, name));
      assertArrayEquals(expected.logits(), actual.logits(), close, "logits");
    }
  }

  @Test
  void trainingGivesTheSameBitsForAnyNumberOfThreads() {
    Map<String, Tensor> expected = null;
    for (Backend backend : backends) {
      try (TrainedNetwork network =
          new TrainedNetwork(backend, DIVISIBLE, 16, TrainedNetwork.ADAM)) {
        network.train(2);
        Map<String, Tensor> values = network.values();
        if (expected != null) {
          expected.forEach(
              (name, tensor) ->
                  assertArrayEquals(tensor.values(), values.get(name).values(), name));
        }
        expected = values;
      }
    }
  }

  /** First, while the JVM has seen nothing but training: as it is for users. */
  @Test
  @Order(1)
  void aTrainingStepAllocatesNothingOnceItIsWarm() {
    for (int threads : new int[] {1, 2}) {
      // On a backend of its own: what thousands of odd shapes taught the compiler is no training.
      try (MeteredBackend own = new MeteredBackend(open(threads));
          TrainedNetwork network = new TrainedNetwork(own, SMALL, 6, TrainedNetwork.ADAM)) {
        network.prepare();
        Runnable step =
            () -> {
              network.run();
              network.loss();
            };
        long bytes = Allocations.bytesWhenWarm(step, WARM_UP_SECONDS);
        assertEquals(0, bytes, () -> threads + " threads: " + own.allocating(step));
      }
    }
  }

  /** Every image has sums of its own, in the same order wherever it lies in the batch. */
  @TestFactory
  Stream<DynamicTest> aPartOfABatchGivesTheBitsOfTheWhole() {
    return all()
        .filter(test -> concerned(test) && ImagePart.divisible(test))
        .map(test -> DynamicTest.dynamicTest(test.toString(), () -> checkParts(test)));
  }

  private void checkParts(OpCase test) {
    OpRunner.Placement placement = OpRunner.Placement.PLANNED;
    float[] whole = OpRunner.launch(backend(1), test, placement).get(0);
    for (ImagePart part : ImagePart.of(test)) {
      float[] values = OpRunner.launch(backend(1), part.test(), placement).get(0);
      assertArrayEquals(part.of(whole), values, () -> "images from " + part.first());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void inferenceInPartsGivesTheBitsOfTheWholeBatch(int most) {
    try (TrainedNetwork expected = inParts(Integer.MAX_VALUE);
        TrainedNetwork actual = inParts(most)) {
      expected.train(2);
      actual.train(2);
      assertArrayEquals(expected.logits(), actual.logits());
    }
  }

  private TrainedNetwork inParts(int most) {
    return new TrainedNetwork(
        backend(2),
        SMALL,
        6,
        TrainedNetwork.SGD,
        (graph, store) -> Program.compileInParts(graph, store, most));
  }

  @Test
  void buffersOfAClosedProgramServeTheNextOneAsNewOnes() {
    try (TrainedNetwork network = new TrainedNetwork(backend(2), SMALL, 6, TrainedNetwork.SGD)) {
      network.train(2);
      float[] first = network.logits(); // in fresh buffers
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(first, network.logits()); // in those of the last program
      }
    }
  }

  @Test
  void oneValueServesOperationsThatWantDifferentBorders() {
    GraphBuilder builder = new GraphBuilder();
    Node images = builder.input("x", Shape.of(2, 9, 7, 5));
    Node x = builder.add(new Activation(Activation.Function.RELU), images);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("x", x);
    for (int kernel : new int[] {1, 3, 5, 7}) {
      Window window = Window.same(kernel, 1 + kernel % 3);
      Shape shape = Shape.of(11, 5, kernel, kernel);
      Node w = builder.parameter("w" + kernel, shape, Initializer.he(5));
      outputs.put("conv" + kernel, builder.add(new Conv2d(window, 1), x, w));
      outputs.put("max" + kernel, builder.add(new MaxPool2d(window), x));
      outputs.put("average" + kernel, builder.add(new AvgPool2d(window, true), x));
    }
    Graph graph = builder.build(outputs);
    Map<String, float[]> expected = run(graph, reference);
    float close = close(1e-5f);
    run(graph, backend(1)).forEach((k, v) -> assertArrayEquals(expected.get(k), v, close, k));
  }

  /** All outputs of a graph after a second run, with other images in the first. */
  private static Map<String, float[]> run(Graph graph, Backend backend) {
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Program program = Program.compile(graph, store)) {
      for (int run = 0; run < 2; run++) {
        program.set("x", OpCase.map(run, 2, 9, 7, 5).values());
        program.run();
      }
      graph
          .outputs()
          .forEach(
              (name, node) -> {
                values.put(name, new float[node.shape().size()]);
                program.read(name, values.get(name));
              });
    }
    return values;
  }

  @Test
  void everyOperationIsCovered() {
    Set<Class<?>> covered = new HashSet<>();
    all().forEach(test -> covered.add(test.op().getClass()));
    Set<Class<?>> operations = new HashSet<>();
    for (Class<?> kind :
        List.of(Differentiable.class, Derivative.class, Update.class, Fused.class)) {
      operations.addAll(Arrays.asList(kind.getPermittedSubclasses()));
    }
    assertEquals(operations, covered);
  }

  static Stream<OpCase> all() {
    return Stream.of(
            ConvolutionCases.convolutions(),
            ConvolutionCases.tiles(),
            ConvolutionCases.dense(),
            PoolCases.pools(),
            PoolCases.dilated(),
            PoolCases.global(),
            PointwiseCases.activations(),
            PointwiseCases.arithmetic(),
            PointwiseCases.norms(),
            PointwiseCases.moves(),
            PointwiseCases.dropouts(),
            PointwiseCases.slices(),
            TrainingCases.losses(),
            TrainingCases.scales(),
            TrainingCases.updates(),
            FusedCases.convolutions(),
            FusedCases.tiled(),
            FusedCases.norms())
        .flatMap(List::stream);
  }

  private Stream<DynamicTest> tests(List<OpCase> cases) {
    return cases.stream()
        .filter(this::concerned)
        .map(test -> DynamicTest.dynamicTest(test.toString(), () -> check(test)));
  }

  /** Every layout, every number of threads, with and without a program. */
  private void check(OpCase test) {
    OpCase taken = Products.rounded(test, precision());
    List<float[]> expected = OpRunner.launch(reference, taken, OpRunner.Placement.PLANNED);
    int round = Math.floorMod(test.toString().hashCode(), MOST_THREADS);
    int threads = 1 + round;
    for (OpRunner.Placement placement : OpRunner.Placement.values()) {
      threads = 1 + threads % MOST_THREADS;
      if (!OpRunner.possible(backend(threads), test, placement)) {
        continue;
      }
      List<float[]> actual = OpRunner.launch(backend(threads), test, placement);
      String how = placement + ", " + threads + " threads";
      OpRunner.assertClose(test, expected, actual, how);
      if (placement == OpRunner.Placement.WIDE) {
        assertSameBits(
            actual, OpRunner.launch(backend(1 + threads % MOST_THREADS), test, placement));
      }
    }
    boolean copied = round == 0;
    List<float[]> actual = OpRunner.program(backend(1 + round), test, copied);
    OpRunner.assertClose(test, expected, actual, copied ? "program" : "program from inputs");
  }

  /** Of 16, 32 and 21 channels: full vectors, so they may be written where they belong. */
  @Test
  void branchesThatAreConcatenatedEqualTheReference() {
    Graph graph = SlicesTest.branches(false, 16, 32, 21);
    float[] expected = SlicesTest.result(reference, graph);
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      assertArrayEquals(expected, SlicesTest.result(backend(threads), graph), close(CLOSE));
    }
  }

  static void assertSameBits(List<float[]> expected, List<float[]> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "another number of threads");
    }
  }
}
