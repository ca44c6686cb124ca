package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * An operation that modifies some of its inputs (leaves of the graph) in place and has no value of
 * its own. Updates run in the order in which they were added, after everything added before them.
 */
public sealed interface Update extends Op permits Sgd, Adam, MovingAverage {
  /** The indices of the inputs that are modified. */
  List<Integer> modified();

  /** Of no importance: an update has no value. */
  @Override
  default Shape shape(List<Shape> inputs) {
    for (int i : modified()) {
      Checks.sameShape(this, "input " + i, inputs.get(i), "input 0", inputs.get(0));
    }
    Checks.sameShape(this, "input 1", inputs.get(1), "input 0", inputs.get(0));
    return Shape.of(1);
  }

  @Override
  default boolean featureMap(List<Boolean> inputs) {
    return false;
  }
}
