package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GraphBuilderTest {
  private static final Initializer ZERO = new Initializer.Fill(0);

  private final GraphBuilder builder = new GraphBuilder();

  @Test
  void nodesAreNumberedInTheOrderInWhichTheyAreAdded() {
    Node x = builder.input("x", Shape.of(2, 3));
    Node y = builder.add(new Add(), x, x);
    assertEquals(List.of(x, y), builder.nodes());
    assertEquals(0, x.id());
    assertEquals(1, y.id());
    assertEquals(Shape.of(2, 3), y.shape());
    assertSame(x, y.input(1));
  }

  @Test
  void leavesOfOneNameAreOneNode() {
    Node w = builder.parameter("w", Shape.of(3), ZERO);
    assertSame(w, builder.parameter("w", Shape.of(3), ZERO));
    Node x = builder.input("w", Shape.of(3)); // inputs have names of their own
    assertNotSame(w, x);
    assertSame(x, builder.input("w", Shape.of(3)));
  }

  @Test
  void differentLeavesOfOneNameAreRefused() {
    builder.parameter("w", Shape.of(3), ZERO);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> builder.parameter("w", Shape.of(4), ZERO))
            .getMessage();
    assertTrue(message.startsWith("two leaves with one name: "), message);
    assertTrue(message.contains("[3]") && message.contains("[4]"), message);
    assertThrows(IllegalArgumentException.class, () -> builder.state("w", Shape.of(3), ZERO));
    builder.input("x", Shape.of(3));
    assertThrows(IllegalArgumentException.class, () -> builder.setting("x", Shape.of(3)));
  }

  @Test
  void aNodeOfAnotherGraphIsRefused() {
    builder.input("x", Shape.of(2, 3));
    Node foreign = new GraphBuilder().input("x", Shape.of(2, 3));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.add(new Activation(Activation.Function.RELU), foreign))
            .getMessage();
    assertTrue(message.startsWith("Activation: input #0 "), message);
    assertTrue(message.endsWith("is of another graph"), message);
    assertEquals(1, builder.nodes().size());
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothingBehind() {
    Node a = builder.input("a", Shape.of(2, 3));
    Node b = builder.input("b", Shape.of(3, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.add(new Add(), a, b));
    assertEquals(List.of(a, b), builder.nodes());
  }

  @Test
  void parametersAreDenseArraysAndImagesAreFeatureMaps() {
    Node x = builder.input("x", Shape.of(2, 5, 5, 3));
    Node w = builder.parameter("w", Shape.of(4, 3, 1, 1), ZERO);
    Node labels = builder.input("labels", Shape.of(2));
    Node y = builder.add(new Conv2d(Window.same(1, 1), 1), x, w);
    assertTrue(x.featureMap());
    assertTrue(y.featureMap());
    assertFalse(w.featureMap());
    assertFalse(labels.featureMap());
    assertFalse(builder.add(new BatchMoments(), y).featureMap());
    assertFalse(builder.add(new Add(), w, w).featureMap());
    Node vector = builder.parameter("v", Shape.of(4), ZERO);
    Node activated = builder.add(new Activation(Activation.Function.RELU), vector);
    assertFalse(activated.featureMap()); // only rows and images have pad channels
  }

  @Test
  void onlyWhatIsStoredCanBeUpdated() {
    Node average = builder.state("average", Shape.of(2, 4), ZERO);
    Node rate = builder.setting("rate", Shape.of(1));
    Node w = builder.parameter("w", Shape.of(2, 4), ZERO);
    builder.add(new MovingAverage(), average, w, rate);
    Node sum = builder.add(new Add(), w, w);
    assertEquals(
        "MovingAverage: input 0 must be a parameter or a state, is Add",
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.add(new MovingAverage(), sum, w, rate))
            .getMessage());
    Node rows = builder.input("rows", Shape.of(2, 4));
    assertEquals(
        "MovingAverage: input 1 must be a dense array, is a feature map of Input",
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.add(new MovingAverage(), average, rows, rate))
            .getMessage());
  }
}
