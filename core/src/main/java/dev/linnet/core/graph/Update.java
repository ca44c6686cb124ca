package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * An operation that modifies some of its inputs (leaves of the graph) in place and has no value of
 * its own. Updates run in the order in which they were added, after everything added before them.
 *
 * <p>Inputs: tensors of the shape of the first one, then settings of rank 1.
 */
public sealed interface Update extends Op permits Sgd, Adam, MovingAverage {
  /** The indices of the inputs that are modified. */
  List<Integer> modified();

  /** How many tensors of one shape come first. */
  int tensors();

  /** The extents of the settings that follow. */
  List<Integer> settings();

  /** Of no importance: an update has no value. */
  @Override
  default Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, tensors() + settings().size());
    for (int i = 1; i < tensors(); i++) {
      Checks.sameShape(this, "input " + i, inputs.get(i), "input 0", inputs.get(0));
    }
    for (int i = tensors(); i < inputs.size(); i++) {
      Shape setting = Shape.of(settings().get(i - tensors()));
      Checks.sameShape(this, "input " + i, inputs.get(i), "a setting", setting);
    }
    return Shape.of(1);
  }

  /** What is computed from the batch is applied once. */
  @Override
  default boolean imagewise(int index) {
    return false;
  }

  @Override
  default boolean featureMap(List<Boolean> inputs) {
    return false;
  }
}
