package dev.linnet.core.graph;

import java.util.List;

/** An operation of a network's forward pass. Its gradient stands beside its shape. */
public sealed interface Differentiable extends Op
    permits Activation,
        Add,
        AvgPool2d,
        BatchMoments,
        BatchNorm,
        BiasAdd,
        Concat,
        Conv2d,
        Dense,
        Dropout,
        Flatten,
        GlobalAvgPool,
        LeadingSlice,
        MaxPool2d,
        Multiply,
        SoftmaxCrossEntropy,
        Zero {
  /**
   * Adds the nodes that compute the gradient with respect to each input.
   *
   * @param graph receives the nodes
   * @param node the node of this operation
   * @param gradient the gradient with respect to {@code node}, of its shape
   * @return one element per input; {@code null} where nothing flows back (labels, random keys)
   */
  List<Node> gradient(GraphBuilder graph, Node node, Node gradient);
}
