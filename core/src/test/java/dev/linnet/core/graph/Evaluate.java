package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one operation on the reference backend, or gives the message that refuses it. */
final class Evaluate {
  private Evaluate() {}

  /** A tensor of given values. */
  static Tensor tensor(Shape shape, float... values) {
    return new Tensor(shape, values);
  }

  /** The values 1, 2, 3, … in row-major order. */
  static Tensor counting(int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < tensor.values().length; i++) {
      tensor.values()[i] = i + 1;
    }
    return tensor;
  }

  /** The result of an operation that has one. */
  static float[] result(Op op, Tensor... inputs) {
    try (Backend backend = new ScalarBackend(1)) {
      GraphBuilder builder = new GraphBuilder();
      Node node = builder.add(op, states(builder, inputs));
      Graph graph = builder.build(Map.of("y", node));
      Program program = Program.compile(graph, store(backend, graph, inputs));
      program.run();
      float[] result = new float[node.shape().size()];
      program.read("y", result);
      return result;
    }
  }

  /** What the inputs are after one update. */
  static List<float[]> updated(Update op, Tensor... inputs) {
    try (Backend backend = new ScalarBackend(1)) {
      GraphBuilder builder = new GraphBuilder();
      builder.add(op, states(builder, inputs));
      Graph graph = builder.build(Map.of());
      ParameterStore store = store(backend, graph, inputs);
      Program.compile(graph, store).run();
      List<float[]> after = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        after.add(store.tensor("x" + i).values());
      }
      return after;
    }
  }

  private static List<Node> states(GraphBuilder builder, Tensor... inputs) {
    List<Node> states = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      states.add(builder.state("x" + i, inputs[i].shape(), new Initializer.Fill(0)));
    }
    return states;
  }

  private static ParameterStore store(Backend backend, Graph graph, Tensor... inputs) {
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 0);
    for (int i = 0; i < inputs.length; i++) {
      store.put("x" + i, inputs[i], false);
    }
    return store;
  }

  /** The shape of the result for inputs of these shapes. */
  static Shape shape(Op op, Shape... inputs) {
    return op.shape(List.of(inputs));
  }

  /** The multiply-accumulates for inputs of these shapes. */
  static long macs(Op op, Shape... inputs) {
    return op.macs(List.of(inputs), op.shape(List.of(inputs)));
  }

  /** The message by which an operation refuses inputs of these shapes. */
  static String refusal(Op op, Shape... inputs) {
    return assertThrows(IllegalArgumentException.class, () -> op.shape(List.of(inputs)))
        .getMessage();
  }
}
