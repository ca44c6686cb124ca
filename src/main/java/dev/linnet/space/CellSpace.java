package dev.linnet.space;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The space {@code cell}: that of NAS-Bench-201 (Dong and Yang 2020, arXiv:2001.00326). A cell has
 * four nodes and six edges; every edge chooses one of five operations. The network is a stem, three
 * stages of equal cells with 16, 32 and 64 channels, a residual block with stride 2 between stages,
 * and a classifier.
 *
 * <p>The text form {@code |nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|…|} of the benchmark is read
 * too. Canonical form: the first genotype with the same topology; there are 6,466 among the 15,625
 * genotypes; see {@link CellTopology}.
 */
public final class CellSpace {
  /** Cells per stage in the benchmark's own networks. */
  public static final int BENCHMARK_CELLS = 5;

  static final String NONE = "none";
  static final String SKIP = "skip_connect";
  private static final String CONV1 = "nor_conv_1x1";
  private static final String CONV3 = "nor_conv_3x3";
  private static final String POOL = "avg_pool_3x3";
  static final List<String> OPERATIONS = List.of(NONE, SKIP, CONV1, CONV3, POOL);

  /**
   * An edge of the cell.
   *
   * @param from the node that it reads, 0 is the input
   * @param to the node that it adds to, 3 is the output
   */
  record Edge(int from, int to) {
    String label() {
      return "edge" + from + "-" + to;
    }
  }

  static final List<Edge> EDGES =
      List.of(
          new Edge(0, 1),
          new Edge(0, 2),
          new Edge(1, 2),
          new Edge(0, 3),
          new Edge(1, 3),
          new Edge(2, 3));
  static final int NODES = 4;

  private static final int STAGES = 3;
  private static final int CHANNELS = 16;
  private static final Pattern BENCHMARK_TEXT =
      Pattern.compile(
          "\\|(\\w+)~0\\|\\+\\|(\\w+)~0\\|(\\w+)~1\\|\\+\\|(\\w+)~0\\|(\\w+)~1\\|(\\w+)~2\\|");

  private CellSpace() {}

  /** The space with one cell per stage, {@code cell}: a size for one or two CPU cores. */
  public static SearchSpace space() {
    return space(1);
  }

  /**
   * The space with another number of cells per stage, {@code cell-5} for five; the benchmark has
   * {@value #BENCHMARK_CELLS}.
   *
   * @param cells per stage, at least 1
   */
  public static SearchSpace space(int cells) {
    if (cells < 1) {
      throw new IllegalArgumentException("CellSpace: at least 1 cell per stage, not " + cells);
    }
    List<Choice> choices =
        EDGES.stream().<Choice>map(e -> new Choice.OneOf(e.label(), OPERATIONS)).toList();
    return SearchSpace.of(
            cells == 1 ? "cell" : "cell-" + cells,
            choices,
            (chosen, task) -> decode(chosen, task, cells))
        .canonicalizedBy(CellTopology::canonical)
        .alsoReading(CellSpace::read);
  }

  /** The benchmark's own text form of a genotype of this space. */
  public static String benchmarkText(Chosen chosen) {
    StringBuilder text = new StringBuilder();
    int to = 0;
    for (Edge edge : EDGES) {
      text.append(edge.to() == to ? "" : to == 0 ? "|" : "+|");
      text.append(chosen.option(edge.label())).append('~').append(edge.from()).append('|');
      to = edge.to();
    }
    return text.toString();
  }

  private static Optional<int[]> read(String text) {
    if (!text.startsWith("|")) {
      return Optional.empty();
    }
    Matcher matcher = BENCHMARK_TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "cell: expected the form |OP~0|+|OP~0|OP~1|+|OP~0|OP~1|OP~2|, each OP one of "
              + OPERATIONS);
    }
    int[] values = new int[EDGES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Gene(EDGES.get(i).label(), OPERATIONS).indexOf(matcher.group(i + 1));
    }
    return Optional.of(values);
  }

  private static Architecture decode(Chosen chosen, Task task, int cells) {
    return (n, images) -> {
      Node x = n.batchNorm("stem/bn", n.conv("stem/conv", images, CHANNELS, 3, 1));
      for (int s = 1; s <= STAGES; s++) {
        String stage = "stage" + s;
        if (s > 1) {
          x = reduce(n, stage + "/reduce", x);
        }
        for (int c = 1; c <= cells; c++) {
          x = cell(n, stage + "/cell" + c, x, chosen);
        }
      }
      x = n.activation(Function.RELU, n.batchNorm("head/bn", x));
      return n.classifier("head", x, task.classes());
    };
  }

  /** The cell; nodes that the input does not reach or that do not reach the output are left out. */
  private static Node cell(NetworkBuilder n, String name, Node x, Chosen chosen) {
    boolean[] used = new boolean[NODES];
    used[NODES - 1] = true;
    for (int i = EDGES.size() - 1; i >= 0; i--) {
      Edge edge = EDGES.get(i);
      used[edge.from()] |= used[edge.to()] && !chosen.is(edge.label(), NONE);
    }
    Node[] nodes = new Node[NODES];
    nodes[0] = x;
    for (Edge edge : EDGES) {
      Node from = nodes[edge.from()];
      if (used[edge.to()] && from != null && !chosen.is(edge.label(), NONE)) {
        Node y = operation(n, name + "/" + edge.label(), from, chosen.option(edge.label()));
        Node sum = nodes[edge.to()];
        nodes[edge.to()] = sum == null ? y : n.add(sum, y);
      }
    }
    Node output = nodes[NODES - 1];
    return output == null ? n.zero(x) : output;
  }

  private static Node operation(NetworkBuilder n, String edge, Node x, String operation) {
    String name = edge + "/" + operation;
    int channels = x.shape().dim(3);
    return switch (operation) {
      case SKIP -> x;
      case POOL -> n.avgPool(x, 3, 1);
      case CONV1 -> reluConvBn(n, name, x, channels, 1, 1);
      case CONV3 -> reluConvBn(n, name, x, channels, 3, 1);
      default -> throw new IllegalArgumentException("cell: no operation " + operation);
    };
  }

  private static Node reluConvBn(
      NetworkBuilder n, String name, Node x, int channels, int kernel, int stride) {
    Node y = n.conv(name + "/conv", n.activation(Function.RELU, x), channels, kernel, stride);
    return n.batchNorm(name + "/bn", y);
  }

  /** The residual block between stages: halves the image, doubles the channels. */
  private static Node reduce(NetworkBuilder n, String name, Node x) {
    int channels = 2 * x.shape().dim(3);
    Node y = reluConvBn(n, name + "/a", x, channels, 3, 2);
    y = reluConvBn(n, name + "/b", y, channels, 3, 1);
    int bottom = x.shape().dim(1) % 2;
    int right = x.shape().dim(2) % 2;
    Window halves = new Window(2, 2, 2, 2, 0, 0, bottom, right, 1, 1);
    Node shortcut = n.graph().add(new AvgPool2d(halves, false), x);
    return n.add(n.conv(name + "/shortcut", shortcut, channels, 1, 1), y);
  }
}
