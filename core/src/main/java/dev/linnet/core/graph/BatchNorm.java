package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@code y = γ · (x − mean) / √(variance + ε) + β} per channel. Inputs: x {@code [N, H, W, C]} or
 * {@code [N, C]}, moments {@code [2, C]} (mean; variance), affine {@code [2, C]} (γ; β).
 *
 * <p>In training the moments are {@link BatchMoments} of the same x, and the gradient flows through
 * them (Ioffe and Szegedy 2015, arXiv:1502.03167); at inference they are a state, and constant.
 *
 * @param epsilon added to the variance
 */
public record BatchNorm(float epsilon) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 3);
    Shape x = inputs.get(0);
    Shape expected = Shape.of(2, x.dim(-1));
    Checks.that(
        this,
        inputs.get(1).equals(expected) && inputs.get(2).equals(expected),
        "moments "
            + inputs.get(1)
            + " and affine "
            + inputs.get(2)
            + " must be "
            + expected
            + " for x "
            + x);
    return x;
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Node x = node.input(0);
    Node moments = node.input(1);
    Node affine = node.input(2);
    boolean training = moments.op() instanceof BatchMoments && moments.input(0) == x;
    Node sums = graph.add(new AffineGradient(epsilon), gradient, x, moments);
    return Arrays.asList(
        graph.add(new InputGradient(epsilon, training), gradient, x, moments, affine, sums),
        null,
        sums);
  }

  /**
   * {@code dγ = Σ dy · x̂} and {@code dβ = Σ dy}, as {@code [2, C]}. Inputs: dy, x, moments.
   *
   * @param epsilon as in the forward pass
   */
  public record AffineGradient(float epsilon) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(2);
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }
  }

  /**
   * {@code dx = γ / √(variance + ε) · (dy − (dβ + x̂ · dγ) / m)}, with m the elements of a channel;
   * without the part behind dy where the moments are constants. Inputs: dy, x, moments, affine, and
   * the affine gradient (dγ; dβ).
   *
   * @param epsilon as in the forward pass
   * @param training whether the moments are those of x
   */
  public record InputGradient(float epsilon, boolean training) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(1);
    }
  }
}
