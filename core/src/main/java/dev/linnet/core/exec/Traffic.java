package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operations of a graph compute, read and write: it decides how many images to run
 * together. With few, weights are fetched for each few of them, and threads find nothing to share;
 * with many, an operation's values leave the cache before the next one takes them.
 *
 * @param macs multiply-accumulates for an image
 * @param weights bytes of all weights
 * @param images for every operation, the bytes that it reads and writes for an image
 * @param staged bytes of an image's inputs and outputs, which are read and written once more where
 *     the batch is divided
 */
record Traffic(long macs, long weights, List<Long> images, long staged) {
  /** Multiply-accumulates of an average operation that keep one of several threads busy. */
  private static final long SHARE = 10_000_000;

  /**
   * Of a graph for one image.
   *
   * @param head what takes the whole batch anyway
   * @param layouts of the values, by node
   */
  static Traffic of(Graph one, Images images, Head head, Layout[] layouts) {
    long weights = 0;
    long staged = 0;
    List<Long> values = new ArrayList<>();
    for (Node node : one.nodes()) {
      if (head.contains(node)) {
        continue;
      }
      boolean result = one.outputs().containsValue(node) || head.takes(node);
      if (images.batched(node) && (node.op() instanceof Leaf || result)) {
        staged += 4L * node.shape().size();
      }
      if (images.batched(node) && !node.inputs().isEmpty()) {
        long floats = layouts[node.id()].floats();
        for (Node input : node.inputs()) {
          if (images.batched(input)) {
            floats += layouts[input.id()].floats();
          } else {
            weights += 4L * layouts[input.id()].floats();
          }
        }
        values.add(4 * floats);
      }
    }
    return new Traffic(one.macs(), weights, List.copyOf(values), staged);
  }

  /**
   * The number of images, at most {@code most}, for which the fewest bytes an image come from
   * beyond the caches; the largest one where several do. With several threads, no fewer than give
   * each of them its share of the average operation.
   *
   * @param threads how many share the images; a multiple of them is chosen
   * @param cache bytes that stay close to each of them
   */
  int together(int most, int threads, long cache) {
    int best = most;
    double least = Double.POSITIVE_INFINITY;
    for (long count = fewest(threads); count < (long) most + threads; count += threads) {
      int together = (int) Math.min(count, most);
      double bytes = fetched(together, threads, cache) + (together < most ? 2 * staged : 0);
      if (bytes <= least) {
        least = bytes;
        best = together;
      }
    }
    return best;
  }

  /** The images that give every thread its share, as a multiple of the threads. */
  private long fewest(int threads) {
    return threads == 1 ? 1 : threads * Math.max(1, (SHARE * images.size() + macs) / (macs + 1));
  }

  /** Bytes an image: every thread fetches all weights, and the values that did not stay. */
  private double fetched(int together, int threads, long cache) {
    double bytes = (double) threads * weights / together;
    for (long image : images) {
      bytes += (double) together * image > (double) threads * cache ? image : 0;
    }
    return bytes;
  }
}
