package dev.linnet.bench.peers;

import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Networks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph with the values of everything that comes from outside, which all engines take.
 *
 * @param graph as Linnet runs it
 * @param stored parameters and states, by name
 * @param inputs row-major, by name
 */
record Network(Graph graph, Map<String, Tensor> stored, Map<String, float[]> inputs) {
  private static final long SEED = 1;

  /**
   * A graph with its own first weights, random images, labels in turn, and statistics that a batch
   * norm cannot be left out with.
   */
  static Network random(Graph graph) {
    Map<String, Tensor> stored = new LinkedHashMap<>();
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      store.initialize(graph, SEED);
      store.names().forEach(name -> stored.put(name, store.tensor(name)));
    }
    Map<String, float[]> inputs = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.State s
          && s.initializer() instanceof Initializer.StandardMoments) {
        disturb(stored.get(s.name()), s.name());
      } else if (node.op() instanceof Leaf.Parameter p
          && p.initializer() instanceof Initializer.Identity) {
        disturb(stored.get(p.name()), p.name());
      } else if (node.op() instanceof Leaf.Input input && input.shape().rank() > 1) {
        inputs.put(input.name(), gaussian(input.name(), input.shape().size()));
      } else if (node.op() instanceof Leaf.Input input && input.name().equals(Networks.LABELS)) {
        inputs.put(input.name(), labels(graph, input.shape().size()));
      }
    }
    return new Network(graph, stored, inputs);
  }

  /** Normal values that depend on the name alone. */
  private static float[] gaussian(String name, int size) {
    RandomStream random = RandomStream.of(SEED, name);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] labels(Graph graph, int batch) {
    int classes = graph.output(Networks.LOGITS).shape().dim(1);
    float[] labels = new float[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % classes;
    }
    return labels;
  }

  /** Moves means and shifts a little from 0, and variances and scales from 1. */
  private static void disturb(Tensor tensor, String name) {
    float[] noise = gaussian(name, tensor.values().length);
    for (int i = 0; i < noise.length; i++) {
      tensor.values()[i] += 0.2f * (float) Math.tanh(noise[i]);
    }
  }
}
