package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Sets elements to zero with probability {@code rate} and scales the others by {@code 1 / (1 −
 * rate)} (Srivastava et al. 2014). Inputs: x, and a key {@code [2]} that the trainer changes every
 * step: two whole numbers below 2²⁴ in floats. The mask is a function of salt, key and the
 * element's index in {@code [N, H, W, C]} order, so it is the same on every backend and is never
 * stored.
 *
 * @param rate from 0 up to, but not including, 1
 * @param salt tells the dropouts of one network apart
 */
public record Dropout(float rate, int salt) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Checks.that(this, rate >= 0 && rate < 1, "rate must be in [0, 1), is " + rate);
    Checks.sameShape(this, "key", inputs.get(1), "a key", Shape.of(2));
    return inputs.get(0);
  }

  /**
   * The factor of one element: 0 or {@code 1 / (1 − rate)}.
   *
   * @param index of the element in {@code [N, H, W, C]} order
   */
  public float factor(float key0, float key1, int index) {
    long mixed = ((long) key0 << 40) ^ ((long) key1 << 16) ^ (salt * 0x9E3779B97F4A7C15L);
    mixed += index * 0xD1342543DE82EF95L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L; // the finalizer of SplitMix64
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 40) * 0x1p-24f < rate ? 0 : 1 / (1 - rate);
  }

  /** The mask depends on the place in the batch. */
  @Override
  public boolean imagewise(int index) {
    return false;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return Arrays.asList(graph.add(new InputGradient(this), gradient, node.input(1)), null);
  }

  /**
   * dy under the same mask. Inputs: dy, key.
   *
   * @param forward the dropout
   */
  public record InputGradient(Dropout forward) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }
}
