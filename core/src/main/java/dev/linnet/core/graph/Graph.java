package dev.linnet.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network or a training step: nodes in topological order, each exactly once, and named outputs.
 * Immutable; the one structure that cost, memory plan, execution, pictures and files read.
 */
public final class Graph {
  private final List<Node> nodes;
  private final Map<String, Node> outputs;

  private Graph(List<Node> nodes, Map<String, Node> outputs) {
    this.nodes = List.copyOf(nodes);
    this.outputs = Collections.unmodifiableMap(outputs);
  }

  /** Copies what is needed for the outputs and the updates, with ids from 0. */
  static Graph of(List<Node> nodes, Map<String, Node> outputs) {
    boolean[] needed = new boolean[nodes.size()];
    outputs.values().forEach(n -> needed[n.id()] = true);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      needed[i] |= node.op() instanceof Update;
      if (needed[i]) {
        node.inputs().forEach(n -> needed[n.id()] = true);
      }
    }
    return new Copy(nodes, outputs, needed).graph(op -> op);
  }

  /** The nodes in topological order; {@code nodes().get(n.id()) == n}. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The named outputs, in the order in which they were given. */
  public Map<String, Node> outputs() {
    return outputs;
  }

  /**
   * Output {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node output(String name) {
    Node node = outputs.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no output " + name + "; there are " + outputs.keySet());
    }
    return node;
  }

  /** The same graph for another batch size: batched inputs get it as their first extent. */
  public Graph withBatch(int batch) {
    boolean[] all = new boolean[nodes.size()];
    java.util.Arrays.fill(all, true);
    return new Copy(nodes, outputs, all)
        .graph(
            op ->
                op instanceof Leaf.Input input && input.batched()
                    ? new Leaf.Input(input.name(), input.shape().with(0, batch), true)
                    : op);
  }

  /** Multiply-accumulates of one run. */
  public long macs() {
    return nodes.stream().mapToLong(Node::macs).sum();
  }

  /** The number of trainable values. */
  public long parameters() {
    return nodes.stream()
        .map(Node::op)
        .filter(Leaf.Parameter.class::isInstance)
        .mapToLong(op -> ((Leaf.Parameter) op).shape().size())
        .sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(n -> text.append(n).append('\n'));
    outputs.forEach((name, n) -> text.append(name).append(" = #").append(n.id()).append('\n'));
    return text.toString();
  }

  /** Rebuilds selected nodes, with their operations replaced, and infers all shapes anew. */
  private record Copy(List<Node> nodes, Map<String, Node> outputs, boolean[] kept) {
    Graph graph(java.util.function.UnaryOperator<Op> replace) {
      Node[] copies = new Node[nodes.size()];
      List<Node> result = new ArrayList<>();
      for (Node node : nodes) {
        if (kept[node.id()]) {
          List<Node> inputs = node.inputs().stream().map(n -> copies[n.id()]).toList();
          copies[node.id()] = new Node(result.size(), replace.apply(node.op()), inputs);
          result.add(copies[node.id()]);
        }
      }
      Map<String, Node> named = new LinkedHashMap<>();
      outputs.forEach((name, n) -> named.put(name, copies[n.id()]));
      return new Graph(result, named);
    }
  }
}
