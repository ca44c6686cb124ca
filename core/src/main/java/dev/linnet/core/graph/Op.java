package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * An operation with all of its geometry: what a node does. Values only; equal operations on equal
 * layouts share one kernel.
 *
 * <p>There are five kinds: {@link Leaf} (a value that comes from outside), {@link Differentiable}
 * (has a gradient, or it does not compile), {@link Derivative} (is itself part of a gradient),
 * {@link Update} (modifies parameters or states in place) and {@link Fused} (does the work of
 * several of them; made when a graph is planned).
 */
public sealed interface Op permits Leaf, Differentiable, Derivative, Update, Fused {
  /**
   * The shape of the result.
   *
   * @param inputs the shapes of the inputs, in order
   * @throws IllegalArgumentException naming the operation, the extent and both shapes where they do
   *     not fit
   */
  Shape shape(List<Shape> inputs);

  /**
   * Multiply-accumulates of one execution, by the field's convention (convolutions and dense only).
   */
  default long macs(List<Shape> inputs, Shape output) {
    return 0;
  }

  /**
   * Whether the result is a feature map ({@code [N, H, W, C]} or {@code [N, F]}, laid out with
   * padded channels and a border) rather than a parameter-like dense array.
   *
   * @param inputs whether each input is one
   */
  default boolean featureMap(List<Boolean> inputs) {
    return true;
  }

  /**
   * Whether, the batch being the first extent of input {@code index}, image n of it flows into
   * image n of the result and no other, and a result for fewer images has the same values for
   * these. Then a batch can be computed part by part; see {@link Images}.
   */
  boolean imagewise(int index);

  /** The name that messages, pictures and files use. */
  default String label() {
    Class<?> outer = getClass().getEnclosingClass();
    String name = getClass().getSimpleName();
    return outer == null || outer == Leaf.class ? name : outer.getSimpleName() + "." + name;
  }
}
