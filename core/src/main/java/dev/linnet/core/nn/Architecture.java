package dev.linnet.core.nn;

import dev.linnet.core.graph.Node;

/** A network as a recipe: builds itself onto any graph, in any mode, with any weights. */
@FunctionalInterface
public interface Architecture {
  /**
   * Builds the network.
   *
   * @param network receives the nodes
   * @param images {@code [N, H, W, C]}, normalised
   * @return logits {@code [N, classes]}
   */
  Node build(NetworkBuilder network, Node images);
}
