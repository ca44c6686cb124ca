package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * The largest value under a window; padding does not take part. x {@code [N, H, W, C]}.
 *
 * @param window the geometry
 */
public record MaxPool2d(Window window) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    Checks.rank(this, "x", inputs.get(0), 4);
    Checks.that(
        this,
        window.padding() < Math.min(window.kernelHeight(), window.kernelWidth()),
        "padding " + window.padding() + " must be smaller than the kernel");
    return Conv2d.windowed(this, window, inputs.get(0), inputs.get(0).dim(3));
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return List.of(graph.add(new InputGradient(window), gradient, node.input(0)));
  }

  /**
   * Sends dy to the first of the largest values under the window, in row-major order. Inputs: dy,
   * x.
   *
   * @param window the geometry
   */
  public record InputGradient(Window window) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(1);
    }
  }
}
