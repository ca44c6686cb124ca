package dev.linnet.core.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who uses the values of a graph. */
final class Uses {
  private final List<List<Node>> users = new ArrayList<>();
  private final Set<Node> outputs;

  Uses(Graph graph) {
    for (Node node : graph.nodes()) {
      users.add(new ArrayList<>());
      node.inputs().forEach(input -> users.get(input.id()).add(node));
    }
    this.outputs = new HashSet<>(graph.outputs().values());
  }

  /** Whether a value can be read after a run. */
  boolean named(Node value) {
    return outputs.contains(value);
  }

  /** The nodes that take a value, in order; one that takes it twice is there twice. */
  List<Node> of(Node value) {
    return users.get(value.id());
  }

  /** The node that alone takes a value, and once; null where others see it. */
  Node only(Node value) {
    return of(value).size() == 1 && !named(value) ? of(value).get(0) : null;
  }

  /** Whether a node would take the same inputs if it ran where a later one stands. */
  boolean movable(Node node, Node to) {
    return node.inputs().stream()
        .flatMap(input -> of(input).stream().filter(user -> modifies(user, input)))
        .noneMatch(update -> update.id() > node.id() && update.id() < to.id());
  }

  private static boolean modifies(Node user, Node leaf) {
    return user.op() instanceof Update update
        && update.modified().stream().anyMatch(i -> user.input(i) == leaf);
  }
}
