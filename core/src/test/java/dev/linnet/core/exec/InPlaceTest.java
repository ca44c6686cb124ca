package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that take the place of an input. */
final class InPlaceTest {
  private static final Shape IMAGES = Shape.of(2, 5, 5, 3);

  private final Backend backend = new PaddedBackend(1);
  private final Map<String, Node> outputs = new LinkedHashMap<>();
  private GraphBuilder graph;
  private Node images;

  @BeforeEach
  void start() {
    graph = new GraphBuilder();
    images = graph.input("images", IMAGES);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Node apply(Node x) {
    return graph.add(new Activation(Function.SILU), x);
  }

  private Node convolve(String name, Node x, int kernel) {
    Node w = graph.parameter(name, Shape.of(3, 3, kernel, kernel), Initializer.he(3));
    return graph.add(new Conv2d(Window.same(kernel, 1), 1), x, w);
  }

  /** The plan for all named nodes, of which each is computed as on a backend that copies. */
  private MemoryPlan plan() {
    Graph built = graph.build(outputs);
    try (Backend reference = new ScalarBackend(1)) {
      Map<String, float[]> expected = run(built, reference);
      run(built, backend).forEach((name, y) -> assertArrayEquals(expected.get(name), y, name));
    }
    return MemoryPlan.unfused(built, backend);
  }

  private static Map<String, float[]> run(Graph graph, Backend backend) {
    Map<String, float[]> results = new LinkedHashMap<>();
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    try (Program program = Program.compileUnfused(graph, store)) {
      for (int run = 0; run < 2; run++) {
        program.set("images", OpCase.map(run, IMAGES.dims()).values());
        program.run();
        for (Map.Entry<String, Node> output : graph.outputs().entrySet()) {
          float[] values = new float[output.getValue().shape().size()];
          program.read(output.getKey(), values);
          results.put(output.getKey() + run, values);
        }
      }
    }
    return results;
  }

  @Test
  void aChainOfElementwiseOperationsLiesInOneSlot() {
    Node x = convolve("w", images, 1);
    Node y = apply(apply(x));
    outputs.put("y", y);
    MemoryPlan plan = plan();
    assertEquals(plan.slot(x), plan.slot(y));
    assertEquals(2, plan.slotFloats().size()); // the images' and this one
  }

  @Test
  void aSumTakesThePlaceOfThatWhichNobodyElseReads() {
    Node a = convolve("a", images, 1);
    Node b = convolve("b", images, 1);
    Node sum = graph.add(new Add(), a, b);
    outputs.put("sum", sum);
    outputs.put("product", graph.add(new Add(), sum, a));
    MemoryPlan plan = plan();
    assertEquals(plan.slot(b), plan.slot(sum));
    assertNotEquals(plan.slot(a), plan.slot(sum));
  }

  @Test
  void aSlotIsFreedWhenTheLastValueInItWasRead() {
    Node y = apply(convolve("a", images, 1));
    Node z = convolve("c", convolve("b", y, 1), 1);
    outputs.put("z", z);
    MemoryPlan plan = plan();
    assertEquals(plan.slot(y), plan.slot(z));
  }

  @Test
  void imagesAndResultsStayWhatTheyAre() {
    Node y = apply(images);
    Node z = apply(y);
    outputs.put("y", y);
    outputs.put("z", z);
    MemoryPlan plan = plan();
    assertNotEquals(plan.slot(images), plan.slot(y));
    assertNotEquals(plan.slot(y), plan.slot(z));
  }

  @Test
  void valuesThatLieDifferentlyAreApart() {
    Node x = convolve("w", images, 1);
    Node y = apply(x); // with a border, for what follows
    outputs.put("z", convolve("v", y, 3));
    MemoryPlan plan = plan();
    assertEquals(1, plan.layout(y).border());
    assertNotEquals(plan.slot(x), plan.slot(y));
  }

  @Test
  void aPartOfAConcatenationLiesThere() {
    Node x = convolve("w", images, 1);
    Node y = apply(x);
    outputs.put("z", graph.add(new Concat(), y, convolve("v", images, 1)));
    MemoryPlan plan = plan();
    assertNotEquals(plan.slot(x), plan.slot(y));
  }

  @Test
  void whatIsAddedToItselfIsReadBeforeItIsWritten() {
    Node x = convolve("w", images, 1);
    Node twice = graph.add(new Add(), x, x);
    outputs.put("twice", twice);
    MemoryPlan plan = plan();
    assertEquals(plan.slot(x), plan.slot(twice));
  }
}
