package dev.linnet.report;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import java.util.Map;

/** Networks as search spaces decode them, to draw. */
final class SampleNetworks {
  private SampleNetworks() {}

  /** In use, for one image of 28×28. */
  static Graph inference(Architecture architecture) {
    return Networks.inference(architecture, Shape.of(1, 28, 28, 1), Weights.own());
  }

  /** In training, without loss and gradients. */
  static Graph training(Architecture architecture) {
    GraphBuilder graph = new GraphBuilder();
    Node images = graph.input("images", Shape.of(8, 28, 28, 1));
    Node logits =
        architecture.build(new NetworkBuilder(graph, Mode.TRAINING, Weights.own()), images);
    return graph.build(Map.of("logits", logits));
  }

  /** Two inverted residuals, one with squeeze-excite. */
  static Architecture mobile() {
    return (n, x) -> {
      x = n.convBnAct("stem", x, 16, 3, 2, Function.HARD_SWISH);
      x = n.invertedResidual("a", x, 16, 3, 1, 4, Function.HARD_SWISH, true);
      x = n.invertedResidual("b", x, 24, 5, 2, 4, Function.HARD_SWISH, false);
      return n.classifier("head", n.dropout(x, 0.1f), 2);
    };
  }

  static Graph residual() {
    return inference(mobile());
  }

  /** Cells of four sums with an operation on each of the six edges, as in NAS-Bench-201. */
  static Graph cells(int count, String... operations) {
    return inference(
        (n, x) -> {
          x = n.batchNorm("stem/bn", n.conv("stem", x, 16, 3, 1));
          for (int c = 0; c < count; c++) {
            x = cell(n, "cell" + c, x, operations);
          }
          return n.classifier("head", x, 2);
        });
  }

  private static Node cell(NetworkBuilder n, String name, Node x, String... operations) {
    Node[] sums = {x, null, null, null};
    int edge = 0;
    for (int to = 1; to < 4; to++) {
      for (int from = 0; from < to; from++) {
        Node y = operation(n, name + "/" + edge, sums[from], operations[edge]);
        sums[to] = sums[to] == null ? y : n.add(sums[to], y);
        edge++;
      }
    }
    return sums[3];
  }

  private static Node operation(NetworkBuilder n, String name, Node x, String operation) {
    return switch (operation) {
      case "none" -> n.zero(x);
      case "skip" -> x;
      case "pool" -> n.avgPool(x, 3, 1);
      default -> {
        Node active = n.activation(Function.RELU, x);
        int kernel = operation.equals("3x3") ? 3 : 1;
        yield n.batchNorm(name + "/bn", n.conv(name, active, x.shape().dim(3), kernel, 1));
      }
    };
  }

  /** Branches that are put side by side. */
  static Graph branches() {
    return inference(
        (n, x) -> {
          x = n.convBnAct("stem", x, 8, 3, 1, Function.SILU);
          for (int i = 0; i < 3; i++) {
            Node a = n.convBnAct("a" + i, x, 8, 1, 1, Function.SILU);
            Node b = n.convBnAct("b" + i, x, 8, 3, 1, Function.SILU);
            Node c = n.convBnAct("c" + i, b, 8, 5, 1, Function.SILU);
            x = n.concat(a, c, n.maxPool(x, 3, 1), x);
          }
          return n.classifier("head", x, 2);
        });
  }
}
