package dev.linnet.core.exec;

import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import java.util.List;

/**
 * What a kernel is chosen by: the operation with its geometry, and how its values lie in memory.
 *
 * @param op the operation
 * @param inputs the layouts of its inputs
 * @param output the layout of its result
 */
public record OpKey(Op op, List<Layout> inputs, Layout output) {
  /** Copies the list. */
  public OpKey {
    inputs = List.copyOf(inputs);
  }

  /** The layout of input {@code index}. */
  public Layout input(int index) {
    return inputs.get(index);
  }

  @Override
  public String toString() {
    return op + " " + inputs + " → " + output;
  }

  /**
   * That of a node.
   *
   * @param layouts of all values, by node
   * @param output where the node's own one lies
   */
  static OpKey of(Node node, Layout[] layouts, Layout output) {
    List<Layout> inputs = node.inputs().stream().map(input -> layouts[input.id()]).toList();
    return new OpKey(node.op(), inputs, output);
  }
}
