package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlicesTest {
  private static final Shape IMAGES = Shape.of(3, 5, 5, 3);

  /** Convolutions of so many channels, side by side, and one behind what concatenates them. */
  static Graph branches(boolean named, int... channels) {
    GraphBuilder graph = new GraphBuilder();
    Node x = graph.input("images", IMAGES);
    Node[] parts = new Node[channels.length];
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = conv(graph, "branch" + i, x, channels[i]);
      if (i % 2 == 0) {
        parts[i] = graph.add(new Activation(Activation.Function.RELU), parts[i]);
      }
    }
    Node y = graph.add(new Concat(), List.of(parts));
    outputs.put("y", conv(graph, "behind", y, 4));
    if (named) {
      outputs.put("part", parts[0]);
    }
    return graph.build(outputs);
  }

  private static Node conv(GraphBuilder graph, String name, Node x, int channels) {
    int inputs = x.shape().dim(3);
    Shape shape = Shape.of(channels, inputs, 3, 3);
    Node weights = graph.parameter(name, shape, Initializer.he(9 * inputs));
    return graph.add(new Conv2d(Window.same(3, 1), 1), x, weights);
  }

  private static Node concat(MemoryPlan plan) {
    return plan.graph().nodes().stream().filter(n -> n.op() instanceof Concat).findFirst().get();
  }

  static float[] result(Backend backend, Graph graph) {
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    float[] images = new float[IMAGES.size()];
    RandomStream random = RandomStream.of(1, "images");
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    float[] result = new float[graph.output("y").shape().size()];
    try (Program program = Program.compile(graph, store)) {
      for (int run = 0; run < 2; run++) {
        program.set("images", images);
        program.run();
        program.read("y", result);
      }
    }
    return result;
  }

  @Test
  void partsAreComputedWhereTheConcatenationWantsThem() {
    try (Backend backend = new PaddedBackend(1)) {
      MemoryPlan plan = MemoryPlan.of(branches(false, 8, 16, 5), backend);
      Node concat = concat(plan);
      int offset = 0;
      for (Node part : concat.inputs()) {
        Layout layout = plan.layout(part);
        assertTrue(layout.isSlice(), layout.toString());
        assertEquals(offset, layout.offset());
        assertEquals(plan.slot(concat), plan.slot(part));
        assertEquals(plan.layout(concat), plan.whole(part));
        offset += part.shape().dim(3);
      }
      assertEquals(1, plan.layout(concat).border());
    }
  }

  @Test
  void aPartWhosePadsWouldLieInTheNextOneIsCopied() {
    try (Backend backend = new PaddedBackend(1)) {
      MemoryPlan plan = MemoryPlan.of(branches(false, 8, 5, 16), backend);
      List<Node> parts = concat(plan).inputs();
      assertTrue(plan.layout(parts.get(0)).isSlice());
      assertFalse(plan.layout(parts.get(1)).isSlice());
      assertTrue(plan.layout(parts.get(2)).isSlice());
    }
  }

  @Test
  void aValueThatSomebodyElseReadsIsCopied() {
    try (Backend backend = new PaddedBackend(1)) {
      MemoryPlan plan = MemoryPlan.of(branches(true, 8, 8), backend);
      Node concat = concat(plan);
      assertFalse(plan.layout(concat.input(0)).isSlice());
      assertTrue(plan.layout(concat.input(1)).isSlice());
      assertNotEquals(plan.slot(concat), plan.slot(concat.input(0)));
    }
  }

  @Test
  void resultsAreThoseOfCopies() {
    for (int[] channels : new int[][] {{8, 16, 5}, {8, 5, 16}, {3, 4}, {16, 8, 8, 8}}) {
      Graph graph = branches(false, channels);
      try (Backend slices = new PaddedBackend(2);
          Backend copies = new Copying(new PaddedBackend(1))) {
        assertArrayEquals(result(copies, graph), result(slices, graph));
      }
    }
  }

  /** Writes no slices. */
  private static final class Copying extends ForwardingBackend {
    Copying(Backend backend) {
      super(backend);
    }

    @Override
    public boolean writesSlices(OpKey key) {
      return false;
    }
  }
}
