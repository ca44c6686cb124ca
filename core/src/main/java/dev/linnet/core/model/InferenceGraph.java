package dev.linnet.core.model;

import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph of a model: what is demanded of it, and its form in the header. */
final class InferenceGraph {
  /** The only input, {@code [1, H, W, C]}. */
  static final String IMAGES = "images";

  /** The output that predictions are made of, {@code [1, K]}. */
  static final String LOGITS = "logits";

  private InferenceGraph() {}

  /**
   * Checks that a graph predicts one image at a time and fits the metadata.
   *
   * @throws IllegalArgumentException naming the node, and what would be right
   */
  static void check(Graph graph, Metadata metadata) {
    Preprocessing images = metadata.preprocessing();
    Leaf.Input expected =
        new Leaf.Input(
            IMAGES, Shape.of(1, images.height(), images.width(), images.channels()), true);
    for (Node node : graph.nodes()) {
      if (!OpTable.has(node.op())) {
        throw new IllegalArgumentException(
            node.op().label()
                + " (node #"
                + node.id()
                + ") is no operation of inference; a model holds a network that is built for"
                + " inference with weights of its own");
      }
    }
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input input && !input.equals(expected)) {
        throw new IllegalArgumentException(
            "input "
                + input.name()
                + " "
                + input.shape()
                + ": a model has the one input "
                + IMAGES
                + " "
                + expected.shape()
                + ", by its preprocessing");
      }
      checkOperands(node);
    }
    if (graph.nodes().stream().noneMatch(n -> n.op() instanceof Leaf.Input)) {
      throw new IllegalArgumentException("the graph has no input " + IMAGES);
    }
    Shape logits = graph.output(LOGITS).shape();
    if (!logits.equals(Shape.of(1, metadata.labels().size()))) {
      throw new IllegalArgumentException(
          "output "
              + LOGITS
              + " "
              + logits
              + " must be [1, "
              + metadata.labels().size()
              + "] for the "
              + metadata.labels().size()
              + " class labels");
    }
  }

  /** Kernels read weights, biases and moments as dense arrays, which only leaves are. */
  private static void checkOperands(Node node) {
    Op op = node.op();
    if (op instanceof Conv2d
        || op instanceof Dense
        || op instanceof BiasAdd
        || op instanceof BatchNorm) {
      for (Node operand : node.inputs().subList(1, node.inputs().size())) {
        if (!(operand.op() instanceof Leaf) || operand.op() instanceof Leaf.Input) {
          throw new IllegalArgumentException(
              op.label()
                  + " (node #"
                  + node.id()
                  + ") takes its weights from #"
                  + operand.id()
                  + " "
                  + operand.op().label()
                  + "; they must be a parameter, state or constant");
        }
      }
    }
  }

  /** The name of a parameter or state; null for all else. */
  static String storedName(Node node) {
    if (node.op() instanceof Leaf.Parameter parameter) {
      return parameter.name();
    }
    return node.op() instanceof Leaf.State state ? state.name() : null;
  }

  /** The members {@code nodes} and {@code outputs}. */
  static Map<String, Object> write(Graph graph) {
    List<Object> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(OpTable.write(node.op(), node.inputs().stream().map(Node::id).toList()));
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> outputs.put(name, node.id()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("nodes", nodes);
    result.put("outputs", outputs);
    return result;
  }

  /**
   * Builds the graph anew, so that every shape is inferred and checked again.
   *
   * @throws IllegalArgumentException naming the node, and what would be right
   */
  static Graph read(Json json) {
    Map<String, Json> members = json.members(Set.of("nodes", "outputs"));
    GraphBuilder builder = new GraphBuilder();
    List<Node> nodes = new ArrayList<>();
    for (Json element : members.get("nodes").elements()) {
      Op op = OpTable.read(element);
      List<Node> inputs = new ArrayList<>();
      if (!(op instanceof Leaf)) {
        for (Json input : element.members().get("inputs").elements()) {
          if (nodes.isEmpty()) {
            throw new IllegalArgumentException(input.where() + ": there is no earlier node");
          }
          inputs.add(nodes.get(input.integer(0, nodes.size() - 1)));
        }
      }
      nodes.add(add(builder, op, inputs, element.where()));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    members
        .get("outputs")
        .members()
        .forEach(
            (name, id) -> {
              if (nodes.isEmpty()) {
                throw new IllegalArgumentException(id.where() + ": there is no node");
              }
              outputs.put(name, nodes.get(id.integer(0, nodes.size() - 1)));
            });
    Graph graph = builder.build(outputs);
    if (graph.nodes().size() != nodes.size()) {
      throw new IllegalArgumentException(
          "graph.nodes has "
              + nodes.size()
              + " nodes, but "
              + graph.nodes().size()
              + " are needed for the outputs; a model has no other");
    }
    return graph;
  }

  private static Node add(GraphBuilder builder, Op op, List<Node> inputs, String where) {
    try {
      if (op instanceof Leaf.Input input) {
        return builder.input(input.name(), input.shape());
      } else if (op instanceof Leaf.Parameter p) {
        return builder.parameter(p.name(), p.shape(), p.initializer());
      } else if (op instanceof Leaf.State s) {
        return builder.state(s.name(), s.shape(), s.initializer());
      }
      return builder.add(op, inputs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
