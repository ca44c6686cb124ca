package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reverse-mode differentiation: adds the nodes of a backward pass to a graph. */
public final class Gradients {
  private Gradients() {}

  /**
   * Differentiates a scalar.
   *
   * @param graph holds the forward pass and receives the backward pass
   * @param loss a node of shape {@code [1]}
   * @return the gradient of every parameter that the loss depends on, in the order in which the
   *     parameters were added
   * @throws IllegalArgumentException if the loss is not a scalar or depends on a derivative
   */
  public static Map<Node, Node> of(GraphBuilder graph, Node loss) {
    if (!loss.shape().equals(Shape.of(1))) {
      throw new IllegalArgumentException(
          "Gradients: the loss must be a scalar, [1], is " + loss.shape());
    }
    List<Node> forward = graph.nodes();
    boolean[] trainable = trainable(forward);
    Node[] gradients = new Node[forward.size()];
    gradients[loss.id()] = graph.add(new Leaf.Constant(1, Shape.of(1)));
    for (int i = loss.id(); i >= 0; i--) {
      Node node = forward.get(i);
      if (gradients[i] == null || !trainable[i] || node.op() instanceof Leaf) {
        continue;
      }
      if (!(node.op() instanceof Differentiable op)) {
        throw new IllegalArgumentException(
            "Gradients: " + node.op().label() + " is not differentiable");
      }
      List<Node> parts = op.gradient(graph, node, gradients[i]);
      for (int k = 0; k < parts.size(); k++) {
        Node input = node.input(k);
        if (parts.get(k) != null && trainable[input.id()]) {
          Node sum = gradients[input.id()];
          gradients[input.id()] =
              sum == null ? parts.get(k) : graph.add(new Add(), sum, parts.get(k));
        }
      }
    }
    Map<Node, Node> result = new LinkedHashMap<>();
    for (Node node : forward) {
      if (node.op() instanceof Leaf.Parameter && gradients[node.id()] != null) {
        result.put(node, gradients[node.id()]);
      }
    }
    return result;
  }

  /** Which nodes depend on a parameter: only through them do gradients flow. */
  private static boolean[] trainable(List<Node> nodes) {
    boolean[] result = new boolean[nodes.size()];
    for (Node node : nodes) {
      result[node.id()] =
          node.op() instanceof Leaf.Parameter
              || node.inputs().stream().anyMatch(n -> result[n.id()]);
    }
    return result;
  }
}
