package dev.linnet.core.nn;

import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;

/**
 * Where the parameters of a network come from. The same blocks build a stand-alone network and the
 * candidate of a supernet, whose weights are slices of shared ones.
 */
@FunctionalInterface
public interface Weights {
  /**
   * A parameter.
   *
   * @param name unique in the network
   * @param shape the shape of the result
   * @param initializer gives the first values
   * @return a node of that shape
   */
  Node parameter(GraphBuilder graph, String name, Shape shape, Initializer initializer);

  /** Parameters that belong to one network alone. */
  static Weights own() {
    return GraphBuilder::parameter;
  }
}
