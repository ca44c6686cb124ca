package dev.linnet.cli;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import java.util.Locale;

/** Draws a graph in the DOT language of Graphviz: one box per operation, without its weights. */
final class GraphDot {
  private GraphDot() {}

  /** The text of a {@code .dot} file. */
  static String of(Graph graph) {
    StringBuilder dot = new StringBuilder("digraph network {\n");
    dot.append("  node [shape=box, fontname=\"sans-serif\"];\n");
    for (Node node : graph.nodes()) {
      if (drawn(node)) {
        String label = quoted(label(node.op()) + "\n" + node.shape());
        dot.append("  n" + node.id() + " [label=" + label + "];\n");
        node.inputs().stream()
            .filter(GraphDot::drawn)
            .forEach(input -> dot.append("  n" + input.id() + " -> n" + node.id() + ";\n"));
      }
    }
    graph
        .outputs()
        .forEach(
            (name, node) ->
                dot.append("  " + quoted(name) + " [shape=plaintext];\n")
                    .append("  n" + node.id() + " -> " + quoted(name) + ";\n"));
    return dot.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static boolean drawn(Node node) {
    return !(node.op() instanceof Leaf) || node.op() instanceof Leaf.Input;
  }

  private static String label(Op op) {
    if (op instanceof Leaf.Input input) {
      return input.name();
    } else if (op instanceof Conv2d conv) {
      return (conv.groups() == 1 ? "Conv2d" : "Conv2d in " + conv.groups() + " groups")
          + window(conv.window());
    } else if (op instanceof MaxPool2d pool) {
      return "MaxPool2d" + window(pool.window());
    } else if (op instanceof AvgPool2d pool) {
      return "AvgPool2d" + window(pool.window());
    } else if (op instanceof Activation activation) {
      return activation.function().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return op.label();
  }

  private static String window(Window window) {
    String kernel = " " + window.kernelHeight() + "×" + window.kernelWidth();
    return window.strideHeight() == 1 && window.strideWidth() == 1
        ? kernel
        : kernel + " / " + window.strideHeight() + "×" + window.strideWidth();
  }
}
