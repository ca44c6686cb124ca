package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Collections;
import java.util.List;

/** The operation "none" of search spaces: zeros of x's shape. Nothing flows back. */
public record Zero() implements Differentiable {
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
    return Collections.singletonList(null);
  }
}
