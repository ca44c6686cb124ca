package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Adds {@code bias[c]} to every element of channel c: x {@code [N, H, W, C]} or {@code [N, C]},
 * bias {@code [C]}.
 */
public record BiasAdd() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Checks.rank(this, "bias", inputs.get(1), 1);
    Checks.extent(this, "channels", inputs.get(1).dim(0), inputs.get(0).dim(-1), inputs.get(0));
    return inputs.get(0);
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return Arrays.asList(gradient, graph.add(new BiasGradient(), gradient));
  }

  /** {@code db[c] = Σ dy[…, c]}. */
  public record BiasGradient() implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.get(0).dim(-1));
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }
  }
}
