package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GraphTest {
  private static final Initializer ZERO = new Initializer.Fill(0);

  /** A training step for images of 9×7×3. */
  private static Graph training(int batch) {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(batch, 9, 7, 3));
    Node w = builder.parameter("conv", Shape.of(8, 3, 3, 3), ZERO);
    Node y = builder.add(new Conv2d(Window.same(3, 2), 1), x, w);
    Node affine = builder.parameter("affine", Shape.of(2, 8), new Initializer.Identity());
    y = builder.add(new BatchNorm(1e-5f), y, builder.add(new BatchMoments(), y), affine);
    y = builder.add(new MaxPool2d(Window.same(3, 2)), y);
    y = builder.add(new Flatten(), builder.add(new GlobalAvgPool(), y));
    Node dense = builder.parameter("dense", Shape.of(10, 8), ZERO);
    Node logits = builder.add(new Dense(), y, dense);
    Node labels = builder.input("labels", Shape.of(batch));
    Node loss = builder.add(new SoftmaxCrossEntropy(0), logits, labels);
    Node rate = builder.setting("rate", Shape.of(1));
    Map<Node, Node> gradients = Gradients.of(builder, loss);
    Node scale = builder.add(new GradientScale(1), List.copyOf(gradients.values()));
    gradients.forEach(
        (p, g) -> {
          Node v = builder.state("v" + p.id(), p.shape(), ZERO);
          builder.add(new Sgd(0.9f, 0, true), p, g, v, scale, rate);
        });
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    outputs.put("logits", logits);
    return builder.build(outputs);
  }

  @Test
  void nodesAreInTopologicalOrderAndKnowTheirPlace() {
    Graph graph = training(2);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      assertEquals(i, node.id());
      for (Node input : node.inputs()) {
        assertTrue(input.id() < i);
        assertSame(input, graph.nodes().get(input.id()));
      }
    }
    assertSame(graph.output("loss"), graph.nodes().get(graph.output("loss").id()));
  }

  @Test
  void anotherBatchGivesTheGraphThatIsBuiltForIt() {
    Graph graph = training(2);
    assertEquals(training(7).toString(), graph.withBatch(7).toString());
    assertEquals(training(2).toString(), graph.toString()); // itself unchanged
  }

  @Test
  void whatNoOutputAndNoUpdateNeedsIsLeftOut() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("x", Shape.of(1, 4));
    Node unused = builder.input("unused", Shape.of(1, 4));
    builder.add(new Add(), x, unused);
    Node y = builder.add(new Add(), x, x);
    Node value = builder.parameter("value", Shape.of(3), ZERO);
    Node average = builder.state("average", Shape.of(3), ZERO);
    builder.add(new MovingAverage(), average, value, builder.setting("rate", Shape.of(1)));
    Graph graph = builder.build(Map.of("y", y));
    List<String> labels = graph.nodes().stream().map(n -> n.op().label()).toList();
    assertEquals(List.of("Input", "Add", "Parameter", "State", "Input", "MovingAverage"), labels);
    assertEquals(1, graph.output("y").id());
  }

  @Test
  void outputsKeepTheirNamesAndOrder() {
    Graph graph = training(2);
    assertEquals(List.of("loss", "logits"), List.copyOf(graph.outputs().keySet()));
    assertEquals(Shape.of(2, 10), graph.output("logits").shape());
    assertEquals(
        "no output labels; there are [loss, logits]",
        assertThrows(IllegalArgumentException.class, () -> graph.output("labels")).getMessage());
  }

  @Test
  void parametersAndCostAreSums() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(2, 8, 8, 3));
    Node w = builder.parameter("conv", Shape.of(16, 3, 3, 3), ZERO);
    Node y = builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
    Node running = builder.state("running", Shape.of(2, 16), ZERO);
    Node affine = builder.parameter("affine", Shape.of(2, 16), ZERO);
    y = builder.add(new BatchNorm(1e-5f), y, running, affine);
    Node dense = builder.parameter("dense", Shape.of(10, 1024), ZERO);
    Graph graph =
        builder.build(Map.of("y", builder.add(new Dense(), builder.add(new Flatten(), y), dense)));
    assertEquals(16 * 3 * 3 * 3 + 2 * 16 + 10 * 1024, graph.parameters());
    assertEquals(2L * (64 * 16 * 27 + 10 * 1024), graph.macs());
  }
}
