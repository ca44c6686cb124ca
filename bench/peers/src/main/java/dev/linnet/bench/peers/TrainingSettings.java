package dev.linnet.bench.peers;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Sgd;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * SGD as both engines do it, and how their first steps are compared.
 *
 * @param rate the learning rate
 * @param momentum of the velocity
 * @param decay weight decay of the tensors in {@code decaying}
 * @param decaying by name
 */
record TrainingSettings(float rate, float momentum, float decay, Set<String> decaying) {
  /** Reads momentum and decay out of the updates of a training graph. */
  static TrainingSettings of(Graph graph, float rate) {
    Set<String> decaying = new HashSet<>();
    float momentum = 0;
    float decay = 0;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Sgd sgd) {
        momentum = sgd.momentum();
        if (sgd.decay() > 0) {
          decay = sgd.decay();
          decaying.add(((Leaf.Parameter) node.input(0).op()).name());
        }
      }
    }
    return new TrainingSettings(rate, momentum, decay, decaying);
  }

  /** Whether weight decay applies to a tensor. */
  boolean decays(String name) {
    return decaying.contains(name);
  }

  /**
   * Adds how far the first step moved every tensor, divided by the learning rate.
   *
   * @param divisor what the first step is longer by than that of plain momentum: {@code 1 +
   *     momentum} with Nesterov's
   */
  void addSteps(
      Map<String, float[]> results,
      Map<String, float[]> before,
      Map<String, float[]> after,
      float divisor) {
    before.forEach(
        (name, from) -> {
          float[] to = after.get(name);
          float[] moved = new float[to.length];
          for (int i = 0; i < moved.length; i++) {
            moved[i] = (to[i] - from[i]) / (divisor * rate);
          }
          results.put("step of " + name, moved);
        });
  }

  /** Whether a parameter is the affine of a batch norm. */
  static boolean isAffine(Leaf.Parameter parameter) {
    return parameter.initializer() instanceof Initializer.Identity;
  }
}
