package dev.linnet.core.exec;

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
}
