package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = f(shift(conv(x, w)) + residual)}: a {@link Conv2d} and what follows it. Inputs: x
 * {@code [N, H, W, I]}, weights {@code [O, I/groups, kh, kw]}, those of the shift, and, where there
 * is one, the residual, of the shape of y {@code [N, P, Q, O]}.
 *
 * @param conv the convolution
 * @param shift what happens to every channel of it
 * @param residual whether a value is added
 * @param function f; the identity where it is empty
 */
public record FusedConv2d(
    Conv2d conv, Shift shift, boolean residual, Optional<Activation.Function> function)
    implements Fused {

  /** An affine function per channel. */
  public sealed interface Shift {
    /** The number of inputs that it takes. */
    int inputs();

    /** The identity. No inputs. */
    record None() implements Shift {
      @Override
      public int inputs() {
        return 0;
      }
    }

    /** {@link BiasAdd}. Input: bias {@code [O]}. */
    record Bias() implements Shift {
      @Override
      public int inputs() {
        return 1;
      }
    }

    /**
     * {@link BatchNorm}. Inputs: moments {@code [2, O]} (mean; variance), affine {@code [2, O]} (γ;
     * β).
     *
     * @param epsilon added to the variance
     */
    record Norm(float epsilon) implements Shift {
      @Override
      public int inputs() {
        return 2;
      }
    }
  }

  /** The index of the residual among the inputs, where there is one. */
  public int residualIndex() {
    return 2 + shift.inputs();
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, residualIndex() + (residual ? 1 : 0));
    Shape y = conv.shape(inputs.subList(0, 2));
    if (shift instanceof Shift.Bias) {
      new BiasAdd().shape(List.of(y, inputs.get(2)));
    } else if (shift instanceof Shift.Norm norm) {
      new BatchNorm(norm.epsilon()).shape(List.of(y, inputs.get(2), inputs.get(3)));
    }
    if (residual) {
      Checks.sameShape(this, "residual", inputs.get(residualIndex()), "y", y);
    }
    return y;
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0 || (residual && index == residualIndex());
  }

  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return conv.macs(inputs, output);
  }
}
