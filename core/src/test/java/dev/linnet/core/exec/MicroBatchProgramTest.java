package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is run in parts. */
@Tag("once")
final class MicroBatchProgramTest {
  private static final int IMAGES = 7;
  private static final Shape WEIGHTS = Shape.of(6, 3, 3, 3);

  private static final int WHOLE = Integer.MAX_VALUE;

  private final CountingBackend backend = new CountingBackend(new PaddedBackend(2));

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** Several outputs, one an input, one of no image; weights that are computed; a setting. */
  private static Graph inference(int images) {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(images, 8, 8, 3));
    Node other = builder.input("other", Shape.of(images, 8, 8, 5));
    Node bias = builder.setting("bias", Shape.of(5));
    Node slice = builder.add(new LeadingSlice(Shape.of(5, 3, 3, 3)), weights(builder));
    Node twice = builder.add(new Add(), slice, slice);
    Node early = builder.add(new Conv2d(Window.same(3, 1), 1), x, twice);
    Node y = builder.add(new Add(), builder.add(new BiasAdd(), early, bias), other);
    for (int i = 0; i < 4; i++) {
      Node w = builder.parameter("w" + i, Shape.of(5, 5, 3, 3), Initializer.he(45));
      y = builder.add(new Conv2d(Window.same(3, 1), 1), y, w);
      y = builder.add(new Activation(Activation.Function.SILU), y);
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("early", early);
    outputs.put("y", y);
    outputs.put("same", y);
    outputs.put("images", x);
    outputs.put("twice", twice);
    return builder.build(outputs);
  }

  private static Node weights(GraphBuilder builder) {
    return builder.parameter("w", WEIGHTS, Initializer.he(27));
  }

  /** All outputs of three runs: the second with other images, the third with other weights. */
  private static Map<String, float[]> run(Graph graph, Backend backend, int most) {
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    Map<String, float[]> results = new LinkedHashMap<>();
    try (Program program = Program.compileInParts(graph, store, most)) {
      program.set("bias", 1, 2, 3, 4, 5);
      program.set("other", OpCase.map(9, graph.nodes().get(1).shape().dims()).values());
      for (int run = 0; run < 3; run++) {
        if (run < 2) {
          program.set("images", OpCase.map(run, graph.output("images").shape().dims()).values());
        } else {
          store.put("w", new Tensor(WEIGHTS, OpCase.dense(5, WEIGHTS.dims()).values()), true);
        }
        program.run();
        for (Map.Entry<String, Node> output : program.graph().outputs().entrySet()) {
          float[] values = new float[output.getValue().shape().size()];
          program.read(output.getKey(), values);
          results.put(output.getKey() + run, values);
        }
      }
    }
    return results;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6})
  void everyOutputIsThatOfTheWholeBatch(int most) {
    Graph graph = inference(IMAGES);
    assertTrue(MemoryPlan.inParts(graph, backend, most).parts().count() > 1);
    assertEquals(1, MemoryPlan.inParts(graph, backend, WHOLE).parts().count());
    Map<String, float[]> expected = run(graph, backend, WHOLE);
    Map<String, float[]> actual = run(graph, backend, most);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void oneImageIsOnePart() {
    MemoryPlan plan = MemoryPlan.inParts(inference(1), backend, 1);
    assertEquals(new MicroBatches(1, 1), plan.parts());
    assertEquals(0, plan.stagedBytes());
    assertEquals(plan.bytes(), MemoryPlan.of(inference(1), backend).bytes());
  }

  @Test
  void partsTakeLessMemoryBesideWhatIsStagedAndExactlyWhatIsPlanned() {
    Graph graph = inference(IMAGES);
    long before = MemoryPlan.inParts(graph, backend, WHOLE).bytes();
    for (int most : new int[] {4, 2, 1}) {
      CountingBackend counting = new CountingBackend(backend);
      MemoryPlan plan = MemoryPlan.inParts(graph, counting, most);
      long bytes = plan.bytes() - plan.stagedBytes();
      assertTrue(bytes < before, bytes + " of " + before);
      before = bytes;
      ParameterStore store = new ParameterStore(counting);
      store.initialize(graph, 0);
      Program.compileInParts(graph, store, most);
      int staged = 4 * IMAGES * 8 * 8 * (3 + 5 + 5 + 5); // two inputs, two different outputs
      assertEquals(staged, plan.stagedBytes());
      assertEquals(plan.bytes(), counting.bytes() - plan.storedBytes() + staged);
    }
  }

  @Test
  void theGraphIsThatOfTheWholeBatch() {
    Graph graph = inference(IMAGES);
    MemoryPlan plan = MemoryPlan.inParts(graph, backend, 2);
    assertEquals(graph.output("y").shape(), plan.graph().output("y").shape());
    assertEquals(MemoryPlan.of(graph, backend).graph().toString(), plan.graph().toString());
    assertEquals(2, plan.layout(plan.graph().output("y")).batch());
  }

  @Test
  void batchStatisticsAreThoseOfTheWholeBatch() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(IMAGES, 8, 8, 3));
    Node moments = builder.add(new BatchMoments(), x);
    Node affine = builder.parameter("affine", Shape.of(2, 3), new Initializer.Identity());
    Node y = builder.add(new BatchNorm(1e-5f), x, moments, affine);
    Graph graph = builder.build(Map.of("y", y));
    assertEquals(1, MemoryPlan.inParts(graph, backend, 1).parts().count());
  }

  @Test
  void aRunInPartsAllocatesNothing() {
    Graph graph = inference(IMAGES);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 0);
    float[] images = new float[graph.output("images").shape().size()];
    float[] y = new float[graph.output("y").shape().size()];
    Program program = Program.compileInParts(graph, store, 2);
    Runnable run =
        () -> {
          program.set("images", images);
          program.run();
          program.read("y", y);
        };
    assertEquals(0, Allocations.bytesWhenWarm(run, 40));
  }

  @Test
  void aCpuRunsAsManyImagesTogetherAsItsCachesHold() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(64, 100, 100, 8)); // 320 kB each
    Node y = x;
    for (int i = 0; i < 3; i++) {
      y = builder.add(new Activation(Activation.Function.SILU), y);
    }
    Graph graph = builder.build(Map.of("y", y));
    try (Backend cpu = new ScalarBackend(1)) {
      assertEquals(new MicroBatches(64, 1), MemoryPlan.of(graph, cpu).parts());
    }
    try (Backend cpu = new ScalarBackend(2)) { // nothing that is worth two threads
      assertEquals(new MicroBatches(64, 64), MemoryPlan.of(graph, cpu).parts());
    }
  }
}
