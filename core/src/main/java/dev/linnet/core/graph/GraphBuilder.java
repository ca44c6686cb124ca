package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects nodes into a graph. Leaves of the same name are one node. */
public final class GraphBuilder {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> leaves = new HashMap<>();

  /** An empty builder. */
  public GraphBuilder() {}

  /**
   * Adds an operation.
   *
   * @throws IllegalArgumentException if the inputs do not fit the operation
   */
  public Node add(Op op, Node... inputs) {
    return add(op, List.of(inputs));
  }

  /**
   * Adds an operation.
   *
   * @throws IllegalArgumentException if the inputs do not fit the operation
   */
  public Node add(Op op, List<Node> inputs) {
    for (Node input : inputs) {
      if (input.id() >= nodes.size() || nodes.get(input.id()) != input) {
        throw new IllegalArgumentException(
            op.label() + ": input " + input + " is of another graph");
      }
    }
    Node node = new Node(nodes.size(), op, inputs);
    if (op instanceof Update update) {
      check(update, inputs);
    }
    nodes.add(node);
    return node;
  }

  /** What is modified must be stored; and kernels of updates take dense arrays only. */
  private static void check(Update update, List<Node> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      Op input = inputs.get(i).op();
      Checks.that(
          update,
          !update.modified().contains(i)
              || input instanceof Leaf.Parameter
              || input instanceof Leaf.State,
          "input " + i + " must be a parameter or a state, is " + input.label());
      Checks.that(
          update,
          !inputs.get(i).featureMap(),
          "input " + i + " must be a dense array, is a feature map of " + input.label());
    }
  }

  /** An input that has the batch as its first extent. */
  public Node input(String name, Shape shape) {
    return leaf("input " + name, new Leaf.Input(name, shape, true));
  }

  /** An input whose shape does not depend on the batch, such as the learning rate. */
  public Node setting(String name, Shape shape) {
    return leaf("input " + name, new Leaf.Input(name, shape, false));
  }

  /** A trainable tensor. */
  public Node parameter(String name, Shape shape, Initializer initializer) {
    return leaf("stored " + name, new Leaf.Parameter(name, shape, initializer));
  }

  /** A tensor that is carried from run to run. */
  public Node state(String name, Shape shape, Initializer initializer) {
    return leaf("stored " + name, new Leaf.State(name, shape, initializer));
  }

  private Node leaf(String key, Leaf leaf) {
    Node known = leaves.get(key);
    if (known == null) {
      known = add(leaf);
      leaves.put(key, known);
    } else if (!known.op().equals(leaf)) {
      throw new IllegalArgumentException(
          "two leaves with one name: " + known.op() + " and " + leaf);
    }
    return known;
  }

  /** The nodes so far, in order. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * The graph of everything that the outputs and the updates need.
   *
   * @param outputs the values that can be read after a run, by name
   */
  public Graph build(Map<String, Node> outputs) {
    return Graph.of(nodes, outputs);
  }
}
