package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Collections;
import java.util.List;

/**
 * The mean and the biased variance of every channel over batch and space: x {@code [N, H, W, C]} or
 * {@code [N, C]} gives {@code [2, C]}.
 *
 * <p>Its gradient is accounted for by the {@link BatchNorm} that normalises the same x, in the
 * closed form of Ioffe and Szegedy 2015 (arXiv:1502.03167); nothing else differentiates through it.
 */
public record BatchMoments() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 1);
    return Shape.of(2, inputs.get(0).dim(-1));
  }

  @Override
  public boolean featureMap(List<Boolean> inputs) {
    return false;
  }

  /** They are those of the batch. */
  @Override
  public boolean imagewise(int index) {
    return false;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return Collections.singletonList(null);
  }
}
