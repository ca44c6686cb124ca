package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GradientsTest {
  private static final Initializer ZERO = new Initializer.Fill(0);

  private final GraphBuilder builder = new GraphBuilder();
  private final Node x = builder.input("x", Shape.of(4, 3));
  private final Node labels = builder.input("labels", Shape.of(4));

  private Node loss(Node logits) {
    return builder.add(new SoftmaxCrossEntropy(0), logits, labels);
  }

  private Node parameter(String name) {
    return builder.parameter(name, Shape.of(3, 3), ZERO);
  }

  @Test
  void theGradientOfASharedParameterIsASum() {
    Node w = parameter("w");
    Node y = builder.add(new Dense(), builder.add(new Dense(), x, w), w);
    Map<Node, Node> gradients = Gradients.of(builder, loss(y));
    assertEquals(List.of(w), List.copyOf(gradients.keySet()));
    Node sum = gradients.get(w);
    assertTrue(sum.op() instanceof Add);
    sum.inputs().forEach(part -> assertTrue(part.op() instanceof Dense.WeightGradient));
    assertEquals(w.shape(), sum.shape());
    assertFalse(sum.featureMap()); // an optimizer takes dense arrays
  }

  @Test
  void parametersThatTheLossDoesNotSeeHaveNone() {
    Node unused = parameter("unused");
    Node dropped = parameter("dropped");
    Node w = parameter("w");
    builder.add(new Dense(), x, unused);
    Node y = builder.add(new Dense(), x, w);
    Node none = builder.add(new Zero(), builder.add(new Dense(), x, dropped));
    Map<Node, Node> gradients = Gradients.of(builder, loss(builder.add(new Add(), y, none)));
    assertEquals(List.of(w), List.copyOf(gradients.keySet()));
  }

  @Test
  void gradientsComeInTheOrderOfTheParameters() {
    Node b = parameter("b");
    Node a = parameter("a");
    Node y = builder.add(new Dense(), builder.add(new Dense(), x, a), b);
    assertEquals(List.of(b, a), List.copyOf(Gradients.of(builder, loss(y)).keySet()));
  }

  @Test
  void nothingIsComputedForInputsThatAreNotTrained() {
    Node w = parameter("w");
    Node y = builder.add(new Dense(), x, w);
    Node gradient = Gradients.of(builder, loss(y)).get(w);
    Graph graph = builder.build(Map.of("gradient", gradient));
    assertTrue(graph.nodes().stream().noneMatch(n -> n.op() instanceof Dense.InputGradient));
  }

  @Test
  void aGradientHasTheShapeOfItsParameter() {
    Node w = builder.parameter("conv", Shape.of(5, 1, 3, 2), ZERO);
    Node images = builder.input("images", Shape.of(4, 5, 5, 1));
    Conv2d conv = new Conv2d(new Window(3, 2, 2, 1, 1, 0, 0, 1, 1, 1), 1);
    Node y = builder.add(new GlobalAvgPool(), builder.add(conv, images, w));
    Map<Node, Node> gradients = Gradients.of(builder, loss(builder.add(new Flatten(), y)));
    assertEquals(w.shape(), gradients.get(w).shape());
  }

  @Test
  void aLossThatIsNoScalarIsRefused() {
    for (Node node : List.of(x, builder.parameter("p", Shape.of(1, 1), ZERO))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Gradients.of(builder, node))
              .getMessage();
      assertEquals("Gradients: the loss must be a scalar, [1], is " + node.shape(), message);
    }
  }

  @Test
  void aDerivativeIsNotDifferentiatedAgain() {
    Node w = parameter("w");
    Node gradient = Gradients.of(builder, loss(builder.add(new Dense(), x, w))).get(w);
    Node norm = builder.add(new GradientScale(1), gradient);
    assertEquals(
        "Gradients: GradientScale is not differentiable",
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(builder, norm))
            .getMessage());
  }
}
