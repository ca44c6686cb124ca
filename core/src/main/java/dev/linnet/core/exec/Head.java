package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;

/**
 * The head of a network: what follows its last feature maps, with one pixel an image. It has few
 * values and many weights. Where a batch is divided, the head takes the whole of it at once, so
 * that its weights are fetched once.
 */
final class Head {
  private final boolean[] inside;
  private final boolean[] taken;

  private Head(int nodes) {
    this.inside = new boolean[nodes];
    this.taken = new boolean[nodes];
  }

  /** That of a graph whose batch stays whole: nothing. */
  static Head none(Graph graph) {
    return new Head(graph.nodes().size());
  }

  /** All nodes of one pixel an image that only get such values, and that only such nodes use. */
  static Head of(Graph graph, Images images) {
    Head head = none(graph);
    boolean[] used = new boolean[head.inside.length]; // by others than the head
    for (int id = head.inside.length - 1; id >= 0; id--) {
      Node node = graph.nodes().get(id);
      head.inside[id] =
          images.batched(node)
              && !used[id]
              && !(node.op() instanceof Leaf)
              && onePixel(node)
              && node.inputs().stream().filter(images::batched).allMatch(Head::onePixel);
      for (Node input : node.inputs()) {
        used[input.id()] |= !head.inside[id];
        head.taken[input.id()] |= head.inside[id] && images.batched(input);
      }
    }
    for (int id = 0; id < head.inside.length; id++) {
      head.taken[id] &= !head.inside[id];
    }
    return head;
  }

  private static boolean onePixel(Node node) {
    return node.shape().size() == node.shape().dim(0) * node.shape().dim(-1);
  }

  /** Whether a node belongs to it. */
  boolean contains(Node node) {
    return inside[node.id()];
  }

  /** Whether it takes the value of a node that does not belong to it. */
  boolean takes(Node node) {
    return taken[node.id()];
  }
}
