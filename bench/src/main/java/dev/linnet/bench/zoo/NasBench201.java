package dev.linnet.bench.zoo;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;

/**
 * Networks of NAS-Bench-201 (Dong and Yang 2020, arXiv:2001.00326): a stem, three stages of five
 * equal cells with 16, 32 and 64 channels, a residual block with stride 2 between stages.
 */
final class NasBench201 {
  /** The cell that is measured, one of the best: five convolutions 3×3 and a skip. */
  static final String MEASURED =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|"
          + "+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";

  private static final int CHANNELS = 16;
  private static final int STAGES = 3;
  private static final int CELLS = 5;

  private NasBench201() {}

  /**
   * The network of a cell in the benchmark's text form, without {@code none} on any edge.
   *
   * @throws IllegalArgumentException when it is built, if the text names another operation
   */
  static Architecture of(String cell, int classes) {
    return (n, images) -> {
      Node x = n.batchNorm("stem/bn", n.conv("stem/conv", images, CHANNELS, 3, 1));
      for (int stage = 0; stage < STAGES; stage++) {
        if (stage > 0) {
          x = reduce(n, "stage" + stage + "/reduce", x);
        }
        for (int i = 0; i < CELLS; i++) {
          x = cell(n, "stage" + stage + "/cell" + i, x, cell);
        }
      }
      x = n.activation(Function.RELU, n.batchNorm("head/bn", x));
      return n.classifier("head", x, classes);
    };
  }

  /** A node of the cell is the sum of its edges, which lie between bars. */
  private static Node cell(NetworkBuilder n, String name, Node x, String text) {
    String[] sums = text.split("\\+");
    Node[] nodes = new Node[sums.length + 1];
    nodes[0] = x;
    for (int to = 1; to < nodes.length; to++) {
      for (String edge : sums[to - 1].substring(1).split("\\|")) {
        String[] parts = edge.split("~");
        int from = Integer.parseInt(parts[1]);
        Node y = operation(n, name + "/edge" + from + "-" + to, nodes[from], parts[0]);
        nodes[to] = nodes[to] == null ? y : n.add(nodes[to], y);
      }
    }
    return nodes[sums.length];
  }

  private static Node operation(NetworkBuilder n, String name, Node x, String operation) {
    int channels = x.shape().dim(3);
    return switch (operation) {
      case "skip_connect" -> x;
      case "avg_pool_3x3" -> n.avgPool(x, 3, 1);
      case "nor_conv_1x1" -> reluConvBn(n, name, x, channels, 1, 1);
      case "nor_conv_3x3" -> reluConvBn(n, name, x, channels, 3, 1);
      default -> throw new IllegalArgumentException("no operation " + operation);
    };
  }

  private static Node reluConvBn(
      NetworkBuilder n, String name, Node x, int channels, int kernel, int stride) {
    Node y = n.conv(name + "/conv", n.activation(Function.RELU, x), channels, kernel, stride);
    return n.batchNorm(name + "/bn", y);
  }

  private static Node reduce(NetworkBuilder n, String name, Node x) {
    int channels = 2 * x.shape().dim(3);
    Node y = reluConvBn(n, name + "/a", x, channels, 3, 2);
    y = reluConvBn(n, name + "/b", y, channels, 3, 1);
    Node halved = n.graph().add(new AvgPool2d(Window.square(2, 2, 0, 1), false), x);
    return n.add(n.conv(name + "/shortcut", halved, channels, 1, 1), y);
  }
}
