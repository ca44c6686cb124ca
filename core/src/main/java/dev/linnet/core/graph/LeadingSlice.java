package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * The first {@code slice.dim(a)} entries along every axis a of a stored tensor: how a candidate
 * takes its part of weights that a supernet shares (Yu et al. 2019, arXiv:1812.08928).
 *
 * @param slice the shape that is taken
 */
public record LeadingSlice(Shape slice) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    Shape stored = inputs.get(0);
    Checks.rank(this, "the stored tensor", stored, slice.rank());
    for (int a = 0; a < slice.rank(); a++) {
      Checks.that(
          this, slice.dim(a) <= stored.dim(a), slice + " does not fit into the stored " + stored);
    }
    return slice;
  }

  @Override
  public boolean featureMap(List<Boolean> inputs) {
    return false;
  }

  /** It may cut the first extent. */
  @Override
  public boolean imagewise(int index) {
    return false;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return List.of(graph.add(new InputGradient(node.input(0).shape()), gradient));
  }

  /**
   * The gradient in the slice, zeros elsewhere. Input: the gradient of the slice.
   *
   * @param stored the shape of the stored tensor
   */
  public record InputGradient(Shape stored) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return stored;
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }
  }
}
