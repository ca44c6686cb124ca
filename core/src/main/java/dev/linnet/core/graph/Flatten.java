package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/** {@code [N, H, W, C]} to {@code [N, H·W·C]}, in NHWC order. */
public record Flatten() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    Checks.rank(this, "x", inputs.get(0), 4);
    return Shape.of(inputs.get(0).dim(0), inputs.get(0).size() / inputs.get(0).dim(0));
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Shape x = node.input(0).shape();
    return List.of(graph.add(new InputGradient(x.dim(1), x.dim(2), x.dim(3)), gradient));
  }

  /**
   * {@code [N, H·W·C]} back to {@code [N, H, W, C]}.
   *
   * @param height H
   * @param width W
   * @param channels C
   */
  public record InputGradient(int height, int width, int channels) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.get(0).dim(0), height, width, channels);
    }
  }
}
