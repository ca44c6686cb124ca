package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares the gradients of a graph with central differences: every parameter's, element by
 * element. Parameters get their values where they are declared.
 */
final class GradientCheck {
  private static final float STEP = 1e-2f;

  /** Of the largest gradient: what a difference of floats over the step is good for. */
  private static final double TOLERANCE = 5e-3;

  private static final int PROBES = 3;
  private static final int MOST_ELEMENTS = 120;

  private final GraphBuilder graph = new GraphBuilder();
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();

  GraphBuilder graph() {
    return graph;
  }

  /** A parameter with values between −1 and 1. */
  Node parameter(String name, int... dims) {
    return parameter(name, random(name, 1, dims));
  }

  /** A parameter with given values. */
  Node parameter(String name, Tensor tensor) {
    values.put(name, tensor);
    return graph.parameter(name, tensor.shape(), new Initializer.Fill(0));
  }

  /** A value that is not differentiated. */
  Node constant(String name, Tensor tensor) {
    constants.put(name, tensor);
    return graph.state(name, tensor.shape(), new Initializer.Fill(0));
  }

  /** Values between −range and range that depend on the name and shape alone. */
  static Tensor random(String name, float range, int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    RandomStream random = RandomStream.of(5, name + tensor.shape());
    for (int i = 0; i < tensor.values().length; i++) {
      tensor.values()[i] = (2 * random.nextFloat() - 1) * range;
    }
    return tensor;
  }

  /** Values in random order, no two closer than five steps: the largest stays the largest. */
  static Tensor distinct(int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    int size = tensor.shape().size();
    int[] order = RandomStream.of(6, tensor.shape().toString()).permutation(size);
    for (int i = 0; i < size; i++) {
      tensor.values()[i] = 5 * STEP * (order[i] - size / 2f);
    }
    return tensor;
  }

  /** Values up to ±range, none closer than three steps to a point where a function has a kink. */
  static Tensor away(float range, float[] kinks, int... dims) {
    Tensor tensor = random("away", range, dims);
    for (int i = 0; i < tensor.values().length; i++) {
      for (float kink : kinks) {
        if (Math.abs(tensor.values()[i] - kink) < 3 * STEP) {
          tensor.values()[i] = kink + 3 * STEP;
        }
      }
    }
    return tensor;
  }

  /**
   * Checks all parameters that were declared.
   *
   * @param y a scalar, or else rows or images: then the loss is the cross-entropy of random linear
   *     functions of each row
   */
  void check(Node y) {
    Node loss = y.shape().equals(Shape.of(1)) ? y : probe(y);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    Graph forward = graph.build(outputs);
    Map<Node, Node> gradients = Gradients.of(graph, loss);
    gradients.forEach((p, g) -> outputs.put(((Leaf.Parameter) p.op()).name(), g));
    assertTrue(outputs.keySet().containsAll(values.keySet()), "gradients of " + outputs.keySet());
    try (Backend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      Graph backward = graph.build(outputs);
      store.initialize(backward, 3);
      values.forEach((name, tensor) -> store.put(name, tensor, true));
      constants.forEach((name, tensor) -> store.put(name, tensor, false));
      Program program = Program.compile(backward, store);
      program.run();
      Program evaluation = Program.compile(forward, store);
      values.forEach(
          (name, tensor) -> {
            float[] gradient = new float[tensor.shape().size()];
            program.read(name, gradient);
            compare(name, gradient, tensor, store, evaluation);
          });
    }
  }

  private static void compare(
      String name, float[] gradient, Tensor tensor, ParameterStore store, Program evaluation) {
    float largest = 0;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    assertTrue(largest > 1e-3, name + " has gradients up to " + largest + " only");
    int stride = 1 + gradient.length / MOST_ELEMENTS;
    for (int i = 0; i < gradient.length; i += stride) {
      double difference =
          (loss(i, STEP, name, tensor, store, evaluation)
                  - loss(i, -STEP, name, tensor, store, evaluation))
              / (2 * STEP);
      int at = i;
      assertEquals(
          difference,
          gradient[i],
          TOLERANCE * largest,
          () -> "d loss / d " + name + "[" + at + "] of " + tensor.shape());
    }
    store.put(name, tensor, true);
  }

  /** The loss with one element moved. */
  private static double loss(
      int element, float by, String name, Tensor tensor, ParameterStore store, Program evaluation) {
    float[] moved = tensor.values().clone();
    moved[element] += by;
    store.put(name, new Tensor(tensor.shape(), moved), true);
    evaluation.run();
    float[] loss = new float[1];
    evaluation.read("loss", loss);
    return loss[0];
  }

  private Node probe(Node y) {
    Node rows = y.shape().rank() == 4 ? graph.add(new Flatten(), y) : y;
    int features = rows.shape().dim(1);
    Initializer initializer = new Initializer.Normal((float) (2 / Math.sqrt(features)));
    Node probes = graph.state("probes", Shape.of(PROBES, features), initializer);
    Node labels = graph.add(new Leaf.Constant(1, Shape.of(rows.shape().dim(0))));
    Node logits = graph.add(new Dense(), rows, probes);
    return graph.add(new SoftmaxCrossEntropy(0), logits, labels);
  }
}
