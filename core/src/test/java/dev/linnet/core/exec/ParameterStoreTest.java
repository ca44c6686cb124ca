package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ParameterStoreTest {
  private static final Initializer NORMAL = new Initializer.Normal(1);

  private final Backend backend = new ScalarBackend(1);
  private final ParameterStore store = new ParameterStore(backend);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** A graph with a parameter {@code [4, 3]} of each name. */
  private static Graph graph(String... names) {
    GraphBuilder builder = new GraphBuilder();
    Node[] parameters =
        Arrays.stream(names)
            .map(name -> builder.parameter(name, Shape.of(4, 3), NORMAL))
            .toArray(Node[]::new);
    return builder.build(Map.of("all", builder.add(new Concat(), parameters)));
  }

  @Test
  void firstValuesDependOnSeedAndNameAlone() {
    store.initialize(graph("a", "b", "c"), 7);
    ParameterStore other = new ParameterStore(backend);
    other.initialize(graph("c"), 7);
    other.initialize(graph("d", "b"), 7);
    other.initialize(graph("a"), 7);
    for (String name : List.of("a", "b", "c")) {
      assertArrayEquals(store.tensor(name).values(), other.tensor(name).values(), name);
    }
    assertFalse(Arrays.equals(store.tensor("a").values(), store.tensor("b").values()));
    ParameterStore reseeded = new ParameterStore(backend);
    reseeded.initialize(graph("a"), 8);
    assertFalse(Arrays.equals(store.tensor("a").values(), reseeded.tensor("a").values()));
  }

  @Test
  void whatIsThereKeepsItsValues() {
    Tensor ones = new Tensor(Shape.of(4, 3), new float[12]);
    Arrays.fill(ones.values(), 1);
    store.put("a", ones, true);
    store.initialize(graph("a", "b"), 7);
    assertArrayEquals(ones.values(), store.tensor("a").values());
    assertEquals(Set.of("a", "b"), store.names());
    assertEquals(2 * 4 * 12, store.bytes());
  }

  @Test
  void anotherShapeIsRefused() {
    store.put("a", Tensor.zeros(Shape.of(3, 4)), true);
    String message =
        assertThrows(IllegalArgumentException.class, () -> store.initialize(graph("a"), 7))
            .getMessage();
    assertEquals("a is stored as [3, 4], the graph has [4, 3]", message);
    assertThrows(IllegalArgumentException.class, () -> Program.compile(graph("a"), store));
  }

  @Test
  void aMissingTensorIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> store.tensor("weights")).getMessage();
    assertEquals("no tensor weights among the 0 stored", message);
    assertThrows(IllegalArgumentException.class, () -> Program.compile(graph("a"), store));
  }

  @Test
  void statesAreNotTrainable() {
    GraphBuilder builder = new GraphBuilder();
    Node p = builder.parameter("p", Shape.of(2, 3), NORMAL);
    Node s = builder.state("s", Shape.of(2, 3), new Initializer.StandardMoments());
    store.initialize(builder.build(Map.of("y", builder.add(new Concat(), p, s))), 1);
    assertTrue(store.trainable("p"));
    assertFalse(store.trainable("s"));
    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, store.tensor("s").values());
    store.put("s", store.tensor("s"), true);
    assertTrue(store.trainable("s"));
  }

  @Test
  void aSnapshotIsACopyToGoBackTo() {
    store.initialize(graph("a", "b"), 7);
    float[] before = store.tensor("a").values();
    Map<String, Tensor> snapshot = store.snapshot(name -> name.equals("a"));
    assertEquals(Set.of("a"), snapshot.keySet());
    store.put("a", Tensor.zeros(Shape.of(4, 3)), true);
    store.put("b", Tensor.zeros(Shape.of(4, 3)), true);
    assertArrayEquals(before, snapshot.get("a").values());
    store.restore(snapshot);
    assertArrayEquals(before, store.tensor("a").values());
    assertArrayEquals(new float[12], store.tensor("b").values());
  }

  @Test
  void programsSeeWhatIsPutLater() {
    Graph graph = graph("a");
    store.initialize(graph, 7);
    Program program = Program.compile(graph, store);
    store.put("a", Tensor.zeros(Shape.of(4, 3)), true);
    program.run();
    float[] all = new float[12];
    Arrays.fill(all, 5);
    program.read("all", all);
    assertArrayEquals(new float[12], all);
  }

  @Test
  void anOverlaySharesTensorsAndKeepsNewOnesToItself() {
    store.initialize(graph("a"), 7);
    ParameterStore overlay = store.overlay();
    overlay.initialize(graph("a", "b"), 7);
    assertEquals(Set.of("b"), overlay.names());
    assertEquals(Set.of("a"), store.names());
    store.put("a", Tensor.zeros(Shape.of(4, 3)), true);
    assertArrayEquals(new float[12], overlay.tensor("a").values());
    overlay.put("a", new Tensor(Shape.of(1), new float[] {3}), false);
    assertEquals(Shape.of(4, 3), store.tensor("a").shape());
    assertEquals(Shape.of(1), overlay.tensor("a").shape());
    assertThrows(IllegalArgumentException.class, () -> store.tensor("b"));
  }
}
