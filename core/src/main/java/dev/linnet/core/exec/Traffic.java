package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operations of a graph read and write: it decides how many images to run together. With
 * few, weights are fetched for each few of them; with many, an operation's values leave the cache
 * before the next one takes them.
 *
 * @param weights bytes of all weights
 * @param images for every operation, the bytes that it reads and writes for an image
 */
record Traffic(long weights, List<Long> images) {
  /**
   * Of a graph for one image.
   *
   * @param layouts of the values, by node
   */
  static Traffic of(Graph one, Images images, Layout[] layouts) {
    long weights = 0;
    List<Long> values = new ArrayList<>();
    for (Node node : one.nodes()) {
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
    return new Traffic(weights, List.copyOf(values));
  }

  /**
   * The number of images, at most {@code most}, for which the fewest bytes an image come from
   * beyond the caches; the largest one where several do.
   *
   * @param threads how many share the images; a multiple of them is chosen
   * @param cache bytes that stay close to each of them
   */
  int together(int most, int threads, long cache) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int images = 0; images < most; ) {
      images = Math.min(images + threads, most);
      double bytes = fetched(images, threads, cache);
      if (bytes <= least) {
        least = bytes;
        best = images;
      }
    }
    return best;
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
