package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * The mean under a window. x {@code [N, H, W, C]}.
 *
 * @param window the geometry; dilation must be 1
 * @param countPadding whether padding counts as zeros (else the mean is over the pixels inside)
 */
public record AvgPool2d(Window window, boolean countPadding) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    Checks.rank(this, "x", inputs.get(0), 4);
    Checks.that(
        this,
        window.padding() < Math.min(window.kernelHeight(), window.kernelWidth()),
        "padding " + window.padding() + " must be smaller than the kernel");
    Checks.that(
        this, window.dilationHeight() == 1 && window.dilationWidth() == 1, "dilation must be 1");
    return Conv2d.windowed(this, window, inputs.get(0), inputs.get(0).dim(3));
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Shape x = node.input(0).shape();
    return List.of(graph.add(new InputGradient(this, x.dim(1), x.dim(2)), gradient));
  }

  /**
   * Spreads dy evenly over the pixels under the window. Input: dy.
   *
   * @param forward the pooling
   * @param height rows of x
   * @param width columns of x
   */
  public record InputGradient(AvgPool2d forward, int height, int width) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape dy = inputs.get(0);
      return Shape.of(dy.dim(0), height, width, dy.dim(3));
    }
  }
}
