package dev.linnet.space;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphs of genotypes, for tests. */
final class Graphs {
  static final Task DIGITS = new Task(new ImageShape(8, 8, 1), 10);
  static final Task FASHION = new Task(new ImageShape(28, 28, 1), 10);
  static final Task CIFAR = new Task(new ImageShape(32, 32, 3), 10);

  private Graphs() {}

  static Graph inference(SearchSpace space, Genotype genotype, Task task) {
    return inference(space.decode(genotype, task), task);
  }

  static Graph inference(Architecture architecture, Task task) {
    return Networks.inference(architecture, task.images(1), Weights.own());
  }

  /** What the nodes compute, without the names of parameters. */
  static List<String> structure(Graph graph) {
    return graph.nodes().stream().map(Graphs::nameless).toList();
  }

  private static String nameless(Node node) {
    String op =
        node.op() instanceof Leaf ? node.op().getClass().getSimpleName() : node.op().toString();
    return op + node.inputs().stream().map(Node::id).toList() + node.shape();
  }

  static Map<String, Shape> parameters(Graph graph) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Parameter p) {
        shapes.put(p.name(), p.shape());
      }
    }
    return shapes;
  }
}
