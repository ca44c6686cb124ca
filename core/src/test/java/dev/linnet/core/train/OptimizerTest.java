package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptimizerTest {
  private final GraphBuilder graph = new GraphBuilder();
  private final Node weight = graph.parameter("w", Shape.of(3, 2), Initializer.he(2));
  private final Node bias = graph.parameter("b", Shape.of(3), new Initializer.Fill(0));
  private final Node affine = graph.parameter("a", Shape.of(2, 3), new Initializer.Identity());
  private final Node one = graph.setting("rate", Shape.of(1));

  /** The update that an optimizer adds for a parameter. */
  private Node update(Optimizer optimizer, Node parameter) {
    optimizer.update(graph, parameter, parameter, one, one);
    return graph.nodes().get(graph.nodes().size() - 1);
  }

  @Test
  void onlyMultiplicativeWeightsDecay() {
    Optimizer sgd = new Optimizer.NesterovSgd(0.9f, 0.01f);
    assertEquals(new Sgd(0.9f, 0.01f, true), update(sgd, weight).op());
    assertEquals(new Sgd(0.9f, 0, true), update(sgd, bias).op());
    assertEquals(new Sgd(0.9f, 0, true), update(sgd, affine).op());
    Optimizer adam = new Optimizer.AdamW(0.8f, 0.99f, 0.02f);
    assertEquals(new Adam(0.8f, 0.99f, 1e-8f, 0.02f), update(adam, weight).op());
    assertEquals(new Adam(0.8f, 0.99f, 1e-8f, 0), update(adam, bias).op());
  }

  @Test
  void everyParameterHasStatesOfItsOwnThatStartAtZero() {
    Node sgd = update(new Optimizer.NesterovSgd(0.9f, 0), weight);
    Node adam = update(new Optimizer.AdamW(0.9f, 0.999f, 0), weight);
    List<Node> states = List.of(sgd.input(2), adam.input(2), adam.input(3));
    List<String> names = states.stream().map(n -> ((Leaf.State) n.op()).name()).toList();
    assertEquals(List.of("optimizer:velocity/w", "optimizer:first/w", "optimizer:second/w"), names);
    for (Node state : states) {
      assertEquals(Shape.of(3, 2), state.shape());
      assertEquals(new Initializer.Fill(0), ((Leaf.State) state.op()).initializer());
    }
  }
}
