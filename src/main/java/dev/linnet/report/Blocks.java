package dev.linnet.report;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Groups the nodes of a graph into the boxes of a picture. Only the way of the data from the inputs
 * to the logits counts: weights, statistics, loss and gradients are left out, so an inference graph
 * and a training graph of one network give the same boxes.
 */
final class Blocks {
  private static final String LOGITS = "logits";

  private final Map<Node, Integer> consumers = new HashMap<>();
  private final Map<Node, Draft> drafts = new HashMap<>();
  private final Set<Draft> order = new LinkedHashSet<>();

  private Blocks() {}

  /** The boxes of a network at batch 1, in topological order. */
  static List<Block> of(Graph graph) {
    Blocks blocks = new Blocks();
    Set<Node> needed = blocks.needed(graph);
    graph.nodes().stream().filter(needed::contains).forEach(blocks::place);
    return blocks.finished();
  }

  private Set<Node> needed(Graph graph) {
    Collection<Node> ends = graph.outputs().values();
    Node logits = graph.outputs().get(LOGITS);
    List<Node> open = new ArrayList<>(logits == null ? ends : List.of(logits));
    Set<Node> needed = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      for (Node input : data(open.remove(open.size() - 1))) {
        consumers.merge(input, 1, Integer::sum);
        if (needed.add(input)) {
          open.add(input);
        }
      }
    }
    return needed;
  }

  /** The inputs through which the images flow. */
  private static List<Node> data(Node node) {
    Op op = node.op();
    if (op instanceof Add || op instanceof Concat || op instanceof Multiply) {
      return node.inputs();
    }
    return node.inputs().stream().limit(1).toList();
  }

  private void place(Node node) {
    List<Draft> inputs = data(node).stream().map(drafts::get).toList();
    Draft draft =
        follows(node)
            ? inputs.get(0).followedBy(node)
            : node.op() instanceof Multiply ? product(node, inputs) : layer(node, inputs);
    draft.cost(node);
    drafts.put(node, draft);
    order.add(draft);
  }

  /** Whether a node belongs into the box of its input. */
  private boolean follows(Node node) {
    Op op = node.op();
    boolean follower =
        op instanceof BatchNorm
            || op instanceof BiasAdd
            || op instanceof Activation
            || op instanceof Dropout
            || op instanceof Flatten;
    return follower && alone(node.input(0)) && drafts.get(node.input(0)).kind != Block.Kind.INPUT;
  }

  private boolean alone(Node node) {
    return consumers.getOrDefault(node, 0) == 1;
  }

  private Draft layer(Node node, List<Draft> inputs) {
    Op op = node.op();
    if (op instanceof Add) {
      return new Draft(Block.Kind.SUM, "+", node, flattened(node, inputs));
    }
    if (op instanceof Conv2d conv) {
      return convolution(conv, node, inputs);
    }
    if (op instanceof MaxPool2d pool) {
      return new Draft(Block.Kind.POOL, "max pool " + text(pool.window()), node, inputs);
    }
    if (op instanceof AvgPool2d pool) {
      return new Draft(Block.Kind.POOL, "avg pool " + text(pool.window()), node, inputs);
    }
    if (op instanceof GlobalAvgPool) {
      return new Draft(Block.Kind.POOL, "global avg pool", node, inputs);
    }
    if (op instanceof Dense) {
      return new Draft(Block.Kind.DENSE, "dense", node, inputs);
    }
    if (op instanceof Concat) {
      return new Draft(Block.Kind.CONCAT, "concat", node, inputs);
    }
    if (op instanceof Zero) {
      return new Draft(Block.Kind.NONE, "none", node, inputs);
    }
    if (op instanceof Leaf.Input input) {
      return new Draft(Block.Kind.INPUT, input.name(), node, inputs);
    }
    Block.Kind kind = op instanceof Activation ? Block.Kind.ACTIVATION : Block.Kind.OTHER;
    return new Draft(kind, follower(op).orElse(op.label()), node, inputs);
  }

  /** A convolution, together with an activation before it that is its alone (pre-activation). */
  private Draft convolution(Conv2d conv, Node node, List<Draft> inputs) {
    int channels = node.input(0).shape().dim(3);
    boolean depthwise = conv.depthwise(channels, node.shape().dim(3));
    String groups = conv.groups() > 1 && !depthwise ? ", " + conv.groups() + " groups" : "";
    String title = (depthwise ? "depthwise " : "conv ") + text(conv.window()) + groups;
    List<Draft> sources = inputs;
    Draft before = inputs.get(0);
    if (before.kind == Block.Kind.ACTIVATION
        && before.followers.isEmpty()
        && alone(node.input(0))) {
      title = before.title + " → " + title;
      sources = before.inputs;
      order.remove(before);
    }
    return new Draft(depthwise ? Block.Kind.DEPTHWISE : Block.Kind.CONV, title, node, sources);
  }

  /** A sum of sums is one sum. */
  private List<Draft> flattened(Node node, List<Draft> inputs) {
    List<Draft> terms = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Draft input = inputs.get(i);
      boolean inner = input.kind == Block.Kind.SUM && input.followers.isEmpty();
      if (inner && alone(node.input(i))) {
        terms.addAll(input.inputs);
        order.remove(input);
      } else {
        terms.add(input);
      }
    }
    return terms;
  }

  /** A gate that its own input opens is one box: pool, squeeze, excite, multiply. */
  private Draft product(Node node, List<Draft> inputs) {
    Draft excite = inputs.get(1);
    List<Draft> gate = new ArrayList<>();
    for (Draft d = excite; gate.size() < 3 && d.inputs.size() == 1; d = d.inputs.get(0)) {
      gate.add(d);
    }
    boolean squeezeExcite =
        gate.size() == 3
            && gate.get(0).kind == Block.Kind.CONV
            && gate.get(1).kind == Block.Kind.CONV
            && gate.get(2).last.op() instanceof GlobalAvgPool
            && gate.get(2).inputs.get(0) == inputs.get(0)
            && gate.stream().allMatch(d -> alone(d.last));
    if (!squeezeExcite) {
      return new Draft(Block.Kind.PRODUCT, "×", node, inputs);
    }
    int squeezed = gate.get(1).last.shape().dim(3);
    Draft whole =
        new Draft(Block.Kind.GATE, "squeeze-excite " + squeezed, node, List.of(inputs.get(0)));
    for (Draft part : gate) {
      order.remove(part);
      whole.macs += part.macs;
      whole.parameters += part.parameters;
    }
    return whole;
  }

  private List<Block> finished() {
    Map<Draft, Integer> positions = new HashMap<>();
    List<Block> blocks = new ArrayList<>();
    for (Draft draft : order) {
      positions.put(draft, blocks.size());
      blocks.add(draft.block(positions));
    }
    return blocks;
  }

  /** {@code 3×3}, with stride and dilation where they are not 1. */
  private static String text(Window w) {
    String text = w.kernelHeight() + "×" + w.kernelWidth();
    if (w.strideHeight() > 1 || w.strideWidth() > 1) {
      text += ", stride " + pair(w.strideHeight(), w.strideWidth());
    }
    if (w.dilationHeight() > 1 || w.dilationWidth() > 1) {
      text += ", dilation " + pair(w.dilationHeight(), w.dilationWidth());
    }
    return text;
  }

  private static String pair(int height, int width) {
    return height == width ? Integer.toString(height) : height + "×" + width;
  }

  /** What an operation is called behind a layer; empty if it is not worth a word. */
  private static Optional<String> follower(Op op) {
    if (op instanceof BatchNorm) {
      return Optional.of("BN");
    }
    if (op instanceof Activation activation) {
      return Optional.of(
          switch (activation.function()) {
            case RELU -> "ReLU";
            case RELU6 -> "ReLU6";
            case HARD_SWISH -> "hard-swish";
            case HARD_SIGMOID -> "hard-sigmoid";
            case SILU -> "SiLU";
            case SIGMOID -> "sigmoid";
          });
    }
    return op instanceof Dropout ? Optional.of("dropout") : Optional.empty();
  }

  /** A box that may still take in the nodes that follow it. */
  private static final class Draft {
    private final Block.Kind kind;
    private final String title;
    private final List<Draft> inputs;
    private final List<String> followers = new ArrayList<>();
    private Node last;
    private long macs;
    private long parameters;

    Draft(Block.Kind kind, String title, Node node, List<Draft> inputs) {
      this.kind = kind;
      this.title = title;
      this.inputs = List.copyOf(inputs);
      this.last = node;
    }

    Draft followedBy(Node node) {
      follower(node.op()).ifPresent(followers::add);
      last = node;
      return this;
    }

    void cost(Node node) {
      macs += node.macs() / node.shape().dim(0);
      node.inputs().stream()
          .filter(n -> n.op() instanceof Leaf.Parameter || n.op() instanceof LeadingSlice)
          .forEach(n -> parameters += n.shape().size());
    }

    Block block(Map<Draft, Integer> positions) {
      Shape shape = last.shape();
      String size =
          IntStream.range(1, shape.rank())
              .mapToObj(axis -> Integer.toString(shape.dim(axis)))
              .collect(Collectors.joining("×"));
      List<Integer> sources = inputs.stream().map(positions::get).distinct().toList();
      return new Block(kind, title, followers, size, sources, macs, parameters);
    }
  }
}
