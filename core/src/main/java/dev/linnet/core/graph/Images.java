package dev.linnet.core.graph;

/**
 * Which values of a graph hold something for every image of a batch, and whether the images can be
 * computed apart: nothing is taken over the batch, modified, or a gradient.
 */
public final class Images {
  private final boolean[] batched;
  private final int count;

  private Images(boolean[] batched, int count) {
    this.batched = batched;
    this.count = count;
  }

  /** Reads it off the operations; see {@link Op#imagewise}. */
  public static Images of(Graph graph) {
    boolean[] batched = new boolean[graph.nodes().size()];
    int count = 0;
    boolean apart = true;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input input && input.batched()) {
        batched[node.id()] = true;
        apart &= count == 0 || count == input.shape().dim(0);
        count = input.shape().dim(0);
      } else {
        batched[node.id()] = node.inputs().stream().anyMatch(n -> batched[n.id()]);
        apart &= !(node.op() instanceof Update) && (!batched[node.id()] || apart(node, batched));
      }
    }
    return new Images(batched, apart ? Math.max(1, count) : 1);
  }

  /** Whether exactly those inputs of a node are batched that it takes image by image. */
  private static boolean apart(Node node, boolean[] batched) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (batched[node.input(i).id()] != node.op().imagewise(i)) {
        return false;
      }
    }
    return true;
  }

  /** How many images can be computed apart; 1 where the batch is one. */
  public int count() {
    return count;
  }

  /**
   * Whether a node's value is computed from images, rather than from weights and settings alone.
   */
  public boolean batched(Node node) {
    return batched[node.id()];
  }
}
