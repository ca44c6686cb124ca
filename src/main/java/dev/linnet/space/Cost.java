package dev.linnet.space;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.MemoryPlan;
import dev.linnet.core.graph.Graph;

/**
 * What a network costs where it is used, known before it is built.
 *
 * @param params trainable values
 * @param macs multiply-accumulates for one image
 * @param peakBytes memory for weights and values of one image
 */
public record Cost(long params, long macs, long peakBytes) {

  /**
   * The cost of an inference graph on a backend.
   *
   * @param inference a graph for a batch of any size
   */
  public static Cost of(Graph inference, Backend backend) {
    Graph one = inference.withBatch(1);
    return new Cost(one.parameters(), one.macs(), MemoryPlan.of(one, backend).bytes());
  }
}
