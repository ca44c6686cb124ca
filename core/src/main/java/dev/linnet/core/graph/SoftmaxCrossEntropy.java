package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The mean over the batch of {@code −Σ t[k] · log softmax(logits)[k]}, with targets {@code t = (1 −
 * s) · onehot(label) + s / K} (label smoothing: Szegedy et al. 2016, arXiv:1512.00567). Inputs:
 * logits {@code [N, K]}, labels {@code [N]} as whole numbers; rows with a label below 0 do not
 * count. Gives {@code [1]}.
 *
 * @param smoothing s, in [0, 1)
 */
public record SoftmaxCrossEntropy(float smoothing) implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Checks.rank(this, "logits", inputs.get(0), 2);
    Checks.sameShape(
        this, "labels", inputs.get(1), "one label a row", Shape.of(inputs.get(0).dim(0)));
    Checks.that(
        this, smoothing >= 0 && smoothing < 1, "smoothing must be in [0, 1), is " + smoothing);
    return Shape.of(1);
  }

  @Override
  public boolean featureMap(List<Boolean> inputs) {
    return false;
  }

  /** It is the mean over the batch. */
  @Override
  public boolean imagewise(int index) {
    return false;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    return Arrays.asList(
        graph.add(new LogitsGradient(smoothing), gradient, node.input(0), node.input(1)), null);
  }

  /**
   * {@code (softmax(logits) − t) · dloss / N}, zero in rows that do not count. Inputs: dloss {@code
   * [1]}, logits, labels.
   *
   * @param smoothing as in the forward pass
   */
  public record LogitsGradient(float smoothing) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(1);
    }
  }
}
