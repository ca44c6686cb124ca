package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Objects;

/** A value that comes from outside the graph. */
public sealed interface Leaf extends Op {
  /** The declared shape. */
  Shape shape();

  @Override
  default Shape shape(List<Shape> inputs) {
    return shape();
  }

  @Override
  default boolean featureMap(List<Boolean> inputs) {
    return false;
  }

  /** It has no inputs. */
  @Override
  default boolean imagewise(int index) {
    return false;
  }

  /**
   * A value that is set before each run: images, labels, the learning rate.
   *
   * @param name unique among a graph's inputs
   * @param shape its first extent is the batch if there is more than one extent or it is a label
   * @param batched whether the first extent is the batch
   */
  record Input(String name, Shape shape, boolean batched) implements Leaf {
    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return shape.rank() == 4 || shape.rank() == 2;
    }
  }

  /**
   * A trainable tensor of the named store.
   *
   * @param name unique in the store
   * @param shape as stored
   * @param initializer gives the first values
   */
  record Parameter(String name, Shape shape, Initializer initializer) implements Leaf {
    /** Checks that nothing is missing. */
    public Parameter {
      Objects.requireNonNull(initializer);
    }
  }

  /**
   * A tensor of the named store that is carried from run to run but not trained: running
   * statistics, momentum, moving averages.
   *
   * @param name unique in the store, and different from every parameter's
   * @param shape as stored
   * @param initializer gives the first values
   */
  record State(String name, Shape shape, Initializer initializer) implements Leaf {
    /** Checks that nothing is missing. */
    public State {
      Objects.requireNonNull(initializer);
    }
  }

  /**
   * A tensor filled with one value.
   *
   * @param value of every element
   * @param shape as given
   */
  record Constant(float value, Shape shape) implements Leaf {}
}
