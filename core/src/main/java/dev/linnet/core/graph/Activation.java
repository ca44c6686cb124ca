package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * An elementwise function.
 *
 * @param function which one
 */
public record Activation(Function function) implements Differentiable {
  /** The functions that search spaces use. */
  public enum Function {
    /** {@code max(0, x)}. */
    RELU,
    /** {@code min(max(0, x), 6)}. */
    RELU6,
    /** {@code x · min(max(0, x + 3), 6) / 6}, Howard et al. 2019 (arXiv:1905.02244). */
    HARD_SWISH,
    /** {@code min(max(0, x + 3), 6) / 6}. */
    HARD_SIGMOID,
    /** {@code x / (1 + exp(−x))}. */
    SILU,
    /** {@code 1 / (1 + exp(−x))}. */
    SIGMOID;

    /** The value at x, in the arithmetic of the scalar backend. */
    public float apply(float x) {
      return switch (this) {
        case RELU -> Math.max(0, x);
        case RELU6 -> Math.min(Math.max(0, x), 6);
        case HARD_SWISH -> x * (Math.min(Math.max(0, x + 3), 6) * (1 / 6f));
        case HARD_SIGMOID -> Math.min(Math.max(0, x + 3), 6) * (1 / 6f);
        case SILU -> (float) (x / (1 + Math.exp(-x)));
        case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
      };
    }

    /** The derivative at x; at a kink, that of the flat side (hard-swish at 3: 1). */
    public float slope(float x) {
      return switch (this) {
        case RELU -> x > 0 ? 1 : 0;
        case RELU6 -> x > 0 && x < 6 ? 1 : 0;
        case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) * (1 / 6f);
        case HARD_SIGMOID -> x > -3 && x < 3 ? 1 / 6f : 0;
        case SILU -> {
          double s = 1 / (1 + Math.exp(-x));
          yield (float) (s * (1 + x * (1 - s)));
        }
        case SIGMOID -> {
          double s = 1 / (1 + Math.exp(-x));
          yield (float) (s * (1 - s));
        }
      };
    }
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    return inputs.get(0);
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return List.of(graph.add(new InputGradient(function), gradient, node.input(0)));
  }

  /**
   * {@code dx = dy · f′(x)}. Inputs: dy, x.
   *
   * @param function the one of the forward pass
   */
  public record InputGradient(Function function) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(1);
    }
  }
}
