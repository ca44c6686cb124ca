package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = f(batchnorm(x) + residual)}: a {@link BatchNorm} and what follows it. Inputs: x {@code
 * [N, H, W, C]} or {@code [N, C]}, moments {@code [2, C]} (mean; variance), affine {@code [2, C]}
 * (γ; β), and, where there is one, the residual, of the shape of x.
 *
 * @param epsilon added to the variance
 * @param residual whether a value is added
 * @param function f; the identity where it is empty
 */
public record NormActivation(
    float epsilon, boolean residual, Optional<Activation.Function> function) implements Fused {
  /** The index of the residual among the inputs, where there is one. */
  public int residualIndex() {
    return 3;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, residualIndex() + (residual ? 1 : 0));
    Shape y = new BatchNorm(epsilon).shape(inputs.subList(0, residualIndex()));
    if (residual) {
      Checks.sameShape(this, "residual", inputs.get(residualIndex()), "y", y);
    }
    return y;
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0 || (residual && index == residualIndex());
  }

  /**
   * {@link BatchNorm.AffineGradient} of {@code g = dy · f′(batchnorm(x))}: {@code dγ = Σ g · x̂}
   * and {@code dβ = Σ g}, as {@code [2, C]}. Inputs: dy, x, moments, affine.
   *
   * @param epsilon as in the forward pass
   * @param function the one of the forward pass
   */
  public record AffineGradient(float epsilon, Activation.Function function) implements Fused {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(2);
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }

    @Override
    public boolean imagewise(int index) {
      return false;
    }
  }

  /**
   * {@link BatchNorm.InputGradient} of {@code g = dy · f′(batchnorm(x))}: {@code dx = γ /
   * √(variance + ε) · (g − (dβ + x̂ · dγ) / m)}, with m the elements of a channel; without the part
   * behind g where the moments are constants. Inputs: dy, x, moments, affine, and the affine
   * gradient (dγ; dβ).
   *
   * @param epsilon as in the forward pass
   * @param training whether the moments are those of x
   * @param function the one of the forward pass
   */
  public record InputGradient(float epsilon, boolean training, Activation.Function function)
      implements Fused {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(1);
    }

    @Override
    public boolean imagewise(int index) {
      return false;
    }
  }
}
