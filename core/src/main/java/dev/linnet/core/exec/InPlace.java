package dev.linnet.core.exec;

import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import java.util.function.Predicate;

/**
 * Which values take the place of an input that nobody reads afterwards, where the kernel can write
 * over it and both lie alike. A result of its own would be fetched from memory before it is
 * written; this one is in the caches.
 */
final class InPlace {
  private final Node[] over;

  private InPlace(int nodes) {
    this.over = new Node[nodes];
  }

  /**
   * Finds them.
   *
   * @param layouts of all values
   * @param kept whether a value has a slot of its own
   */
  static InPlace of(Graph graph, Backend backend, Layout[] layouts, Predicate<Node> kept) {
    InPlace result = new InPlace(layouts.length);
    int[] lastUse = new int[layouts.length];
    boolean[] joined = new boolean[layouts.length]; // may have to lie in a concatenation
    for (Node node : graph.nodes()) {
      for (Node input : node.inputs()) {
        lastUse[input.id()] = node.id();
        joined[input.id()] |= node.op() instanceof Concat;
      }
    }
    graph.outputs().values().forEach(node -> lastUse[node.id()] = layouts.length);
    for (Node node : graph.nodes()) {
      int id = node.id();
      for (int i = 0; i < node.inputs().size() && result.over[id] == null; i++) {
        Node input = node.input(i);
        if (movable(node, kept)
            && movable(input, kept)
            && !joined[id]
            && lastUse[input.id()] == id
            && layouts[input.id()].equals(layouts[id])
            && backend.inPlace(OpKey.of(node, layouts, layouts[id]), i)) {
          result.over[id] = input;
        }
      }
    }
    return result;
  }

  private static boolean movable(Node node, Predicate<Node> kept) {
    return !(node.op() instanceof Leaf) && !(node.op() instanceof Update) && !kept.test(node);
  }

  /** The input whose place a node's value takes; null where it has one of its own. */
  Node over(Node node) {
    return over[node.id()];
  }
}
