package dev.linnet.core.exec;

import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import java.util.function.Predicate;

/**
 * Which values are computed right where a concatenation wants them: those that it alone takes,
 * whose kernels can write slices, and that need no pad channels where the next part starts. The
 * others are copied.
 */
final class Slices {
  private final Node[] homes;

  private Slices(Node[] homes) {
    this.homes = homes;
  }

  /**
   * Finds them and lays them out.
   *
   * @param layouts of all values; those of slices are replaced
   * @param kept whether a value has a slot of its own
   */
  static Slices of(Graph graph, Backend backend, Layout[] layouts, Predicate<Node> kept) {
    Node[] homes = graph.nodes().toArray(Node[]::new);
    int[] uses = new int[homes.length];
    graph.nodes().forEach(node -> node.inputs().forEach(input -> uses[input.id()]++));
    graph.outputs().values().forEach(output -> uses[output.id()]++);
    for (Node concat : graph.nodes()) {
      if (!(concat.op() instanceof Concat) || kept.test(concat)) {
        continue;
      }
      Layout whole = layouts[concat.id()];
      int offset = 0;
      for (Node part : concat.inputs()) {
        int channels = part.shape().dim(-1);
        int room = backend.channelStride(channels);
        boolean last = offset + channels == whole.channels();
        boolean fits = last ? offset + room <= whole.channelStride() : room == channels;
        boolean alone = uses[part.id()] == 1 && computed(part) && !kept.test(part);
        if (alone && fits && room < whole.channelStride()) {
          Layout slice = whole.slice(layouts[part.id()].shape(), offset, room);
          if (backend.writesSlices(OpKey.of(part, layouts, slice))) {
            layouts[part.id()] = slice;
            homes[part.id()] = concat;
          }
        }
        offset += channels;
      }
    }
    return new Slices(homes);
  }

  private static boolean computed(Node node) {
    return node.featureMap()
        && !(node.op() instanceof Leaf)
        && !(node.op() instanceof Update)
        && !(node.op() instanceof Concat);
  }

  /** The value in whose buffer a node's value lies: its own but for slices. */
  Node home(Node node) {
    return homes[node.id()];
  }
}
