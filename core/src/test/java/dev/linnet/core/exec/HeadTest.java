package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the last feature maps of a network. */
final class HeadTest {
  private static final int IMAGES = 7;
  private static final int CHANNELS = 6;

  private final CountingBackend backend = new CountingBackend(new PaddedBackend(2));

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** A map, weighted by its channels' means; behind it a convolution of one pixel and a layer. */
  private static Graph network(int images) {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(images, 5, 5, CHANNELS));
    Node features = builder.input("features", Shape.of(images, CHANNELS));
    Node excited = builder.add(new Multiply(), x, conv(builder, "se", mean(builder, x)));
    Node pooled = mean(builder, conv(builder, "map", excited));
    Node y = builder.add(new Flatten(), conv(builder, "head", pooled));
    y = builder.add(new Add(), y, features);
    Node w = builder.parameter("w", Shape.of(10, CHANNELS), Initializer.he(CHANNELS));
    Node logits = builder.add(new Dense(), y, w);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("logits", logits);
    outputs.put("pooled", pooled);
    outputs.put("features", features);
    return builder.build(outputs);
  }

  private static Node mean(GraphBuilder builder, Node x) {
    return builder.add(new GlobalAvgPool(), x);
  }

  private static Node conv(GraphBuilder builder, String name, Node x) {
    Shape shape = Shape.of(CHANNELS, CHANNELS, 3, 3);
    Node w = builder.parameter(name, shape, Initializer.he(9 * CHANNELS));
    return builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
  }

  @Test
  void itStartsBehindTheLastMap() {
    Graph graph = network(IMAGES);
    Head head = Head.of(graph, Images.of(graph));
    List<String> inside = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (head.contains(node)) {
        inside.add(node.op().getClass().getSimpleName());
      }
      if (head.takes(node)) {
        taken.add(node.op().getClass().getSimpleName());
      }
    }
    assertEquals(List.of("Conv2d", "Flatten", "Add", "Dense"), inside);
    assertEquals(List.of("Input", "GlobalAvgPool"), taken);
  }

  @Test
  void itTakesTheWholeBatchWhereTheBatchIsDivided() {
    Graph graph = network(IMAGES);
    MemoryPlan plan = MemoryPlan.inParts(graph, backend, 2);
    Node logits = plan.graph().output("logits");
    assertTrue(plan.head().contains(logits));
    assertEquals(IMAGES, plan.layout(logits).shape().dim(0));
    assertEquals(2, plan.layout(plan.graph().output("pooled")).batch());
    MemoryPlan whole = MemoryPlan.inParts(graph, backend, IMAGES);
    assertTrue(graph.nodes().stream().noneMatch(whole.head()::contains));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void resultsAreThoseOfTheUndividedBatch(int most) {
    Map<String, float[]> expected = run(IMAGES);
    Map<String, float[]> actual = run(most);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void aPlanStatesWhatItTakes() {
    Graph graph = network(IMAGES);
    CountingBackend counting = new CountingBackend(backend);
    MemoryPlan plan = MemoryPlan.inParts(graph, counting, 2);
    ParameterStore store = new ParameterStore(counting);
    store.initialize(graph, 0);
    Program.compileInParts(graph, store, 2);
    int staged = 4 * IMAGES * CHANNELS * (25 + 1 + 1); // both inputs and the pooled map
    assertEquals(staged, plan.stagedBytes());
    assertEquals(plan.bytes(), counting.bytes() - plan.storedBytes() + staged);
  }

  /** All outputs of two runs, with different images. */
  private Map<String, float[]> run(int most) {
    Graph graph = network(IMAGES);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    Map<String, float[]> results = new LinkedHashMap<>();
    try (Program program = Program.compileInParts(graph, store, most)) {
      for (int run = 0; run < 2; run++) {
        program.set("images", OpCase.map(run, IMAGES, 5, 5, CHANNELS).values());
        program.set("features", OpCase.dense(run, IMAGES, CHANNELS).values());
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
}
