package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** {@code y = x · wᵀ}: x {@code [N, I]}, weights {@code [O, I]}, y {@code [N, O]}. */
public record Dense() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    Checks.rank(this, "x", x, 2);
    Checks.rank(this, "weights", w, 2);
    Checks.extent(this, "input features", w.dim(1), x.dim(1), x);
    return Shape.of(x.dim(0), w.dim(0));
  }

  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return (long) output.size() * inputs.get(1).dim(1);
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return Arrays.asList(
        graph.add(new InputGradient(), gradient, node.input(1)),
        graph.add(new WeightGradient(), gradient, node.input(0)));
  }

  /** {@code dx = dy · w}. Inputs: dy {@code [N, O]}, weights. */
  public record InputGradient() implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.get(0).dim(0), inputs.get(1).dim(1));
    }

    @Override
    public long macs(List<Shape> inputs, Shape output) {
      return (long) output.size() * inputs.get(1).dim(0);
    }
  }

  /** {@code dw = dyᵀ · x}. Inputs: dy {@code [N, O]}, x {@code [N, I]}. */
  public record WeightGradient() implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.get(0).dim(1), inputs.get(1).dim(1));
    }

    @Override
    public long macs(List<Shape> inputs, Shape output) {
      return (long) output.size() * inputs.get(0).dim(0);
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }
  }
}
