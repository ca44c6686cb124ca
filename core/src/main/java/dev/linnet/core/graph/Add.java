package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/** {@code a + b}, elementwise, of one shape. */
public record Add() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Checks.sameShape(this, "b", inputs.get(1), "a", inputs.get(0));
    return inputs.get(0);
  }

  @Override
  public boolean featureMap(List<Boolean> inputs) {
    return inputs.get(0) && inputs.get(1);
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return List.of(gradient, gradient);
  }
}
