package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Joins feature maps along the channels, in order. All other extents are the same. */
public record Concat() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.that(this, !inputs.isEmpty(), "expects at least one input");
    Shape first = inputs.get(0);
    int channels = 0;
    for (Shape input : inputs) {
      Checks.sameShape(
          this,
          "input",
          input,
          "the first but for the channels",
          first.with(first.rank() - 1, input.dim(-1)));
      channels += input.dim(-1);
    }
    return first.with(first.rank() - 1, channels);
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    List<Node> result = new ArrayList<>();
    int from = 0;
    for (Node input : node.inputs()) {
      int channels = input.shape().dim(-1);
      result.add(graph.add(new InputGradient(from, channels), gradient));
      from += channels;
    }
    return result;
  }

  /**
   * The channels {@code from … from + channels − 1} of dy.
   *
   * @param from the first channel
   * @param channels how many
   */
  public record InputGradient(int from, int channels) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape dy = inputs.get(0);
      return dy.with(dy.rank() - 1, channels);
    }
  }
}
