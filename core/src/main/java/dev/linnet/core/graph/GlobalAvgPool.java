package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/** The mean of every channel over space: x {@code [N, H, W, C]} gives {@code [N, 1, 1, C]}. */
public record GlobalAvgPool() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    Checks.rank(this, "x", inputs.get(0), 4);
    return Shape.of(inputs.get(0).dim(0), 1, 1, inputs.get(0).dim(3));
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Shape x = node.input(0).shape();
    return List.of(graph.add(new InputGradient(x.dim(1), x.dim(2)), gradient));
  }

  /**
   * {@code dx[n,h,w,c] = dy[n,0,0,c] / (H · W)}. Input: dy.
   *
   * @param height rows of x
   * @param width columns of x
   */
  public record InputGradient(int height, int width) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape dy = inputs.get(0);
      return Shape.of(dy.dim(0), height, width, dy.dim(3));
    }
  }
}
