package dev.linnet.core.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins operations that follow each other into {@link Fused} ones, which pass over memory once.
 *
 * <ul>
 *   <li>A convolution with the batch norm by running statistics or the bias behind it, a sum and an
 *       activation is a {@link FusedConv2d}.
 *   <li>Any other batch norm with a sum or an activation behind it is a {@link NormActivation}. In
 *       training its gradient computes the normalised values again instead of storing them.
 * </ul>
 *
 * <p>A value that is a named output, or that an operation outside needs, is never fused away. A
 * fused node stands where the last of its operations stood, all other nodes stay in their order.
 */
public final class Fusion {
  private final Graph graph;
  private final Uses uses;

  /** What stands in a node's place; with inputs of the given graph. */
  private final Map<Node, Step> steps = new HashMap<>();

  /** Batch norms that are part of a convolution. */
  private final Set<Node> taken = new HashSet<>();

  private record Step(Op op, List<Node> inputs) {}

  private Fusion(Graph graph) {
    this.graph = graph;
    this.uses = new Uses(graph);
  }

  /**
   * The same computation with fewer passes over memory.
   *
   * @return a graph with the outputs and updates of the given one, in their order; itself where
   *     there is nothing to fuse
   */
  public static Graph fuse(Graph graph) {
    Fusion fusion = new Fusion(graph);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Conv2d conv) {
        fusion.convolution(conv, node);
      } else if (node.op() instanceof BatchNorm norm && !fusion.taken.contains(node)) {
        fusion.norm(norm, node);
      }
    }
    return fusion.steps.isEmpty() ? graph : fusion.rebuilt();
  }

  /** Operations that nobody needs any more are left out when the graph is built. */
  private Graph rebuilt() {
    GraphBuilder builder = new GraphBuilder();
    Node[] copies = new Node[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      Step step = steps.getOrDefault(node, new Step(node.op(), node.inputs()));
      List<Node> inputs = step.inputs().stream().map(input -> copies[input.id()]).toList();
      copies[node.id()] = builder.add(step.op(), inputs);
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> outputs.put(name, copies[node.id()]));
    return builder.build(outputs);
  }

  /** Convolution → batch norm or bias → sum → activation, each but the first being optional. */
  private void convolution(Conv2d conv, Node node) {
    Node shift = shift(node);
    Node shifted = shift == null ? node : shift;
    Node sum = sum(shifted);
    Node before = sum == null ? shifted : sum;
    Node activation = activation(before);
    Node last = activation == null ? before : activation;
    boolean movable = uses.movable(node, last) && (shift == null || uses.movable(shift, last));
    if (last == node || !movable) {
      return;
    }
    List<Node> inputs = new ArrayList<>(node.inputs());
    if (shift != null) {
      inputs.addAll(shift.inputs().subList(1, shift.inputs().size()));
      taken.add(shift);
    }
    if (sum != null) {
      inputs.add(other(sum, shifted));
    }
    steps.put(
        last, new Step(new FusedConv2d(conv, kind(shift), sum != null, function(last)), inputs));
  }

  /** The batch norm by running statistics or the bias that alone takes a convolution's result. */
  private Node shift(Node conv) {
    Node next = uses.only(conv);
    boolean shifts =
        next != null
            && (next.op() instanceof BiasAdd
                || next.op() instanceof BatchNorm && next.input(1).op() instanceof Leaf.State);
    return shifts ? next : null;
  }

  private static FusedConv2d.Shift kind(Node shift) {
    if (shift == null) {
      return new FusedConv2d.Shift.None();
    }
    return shift.op() instanceof BatchNorm norm
        ? new FusedConv2d.Shift.Norm(norm.epsilon())
        : new FusedConv2d.Shift.Bias();
  }

  /** Batch norm → sum → activation, at least one of the two; in training, with their gradients. */
  private void norm(BatchNorm norm, Node node) {
    Node sum = sum(node);
    Node before = sum == null ? node : sum;
    Node activation = activation(before);
    Differentiated pair = activation == null ? differentiated(before) : null;
    if (pair != null && sum == null && recomputed(norm, node, pair)) {
      return;
    }
    if (pair != null && resultTellsSlope(pair.function())) {
      activation = pair.activation();
    }
    Node last = activation == null ? before : activation;
    if (last == node || !uses.movable(node, last)) {
      return;
    }
    List<Node> inputs = new ArrayList<>(node.inputs());
    if (sum != null) {
      inputs.add(other(sum, node));
    }
    steps.put(
        last, new Step(new NormActivation(norm.epsilon(), sum != null, function(last)), inputs));
    if (pair != null && activation != null) {
      Node gradient = pair.gradient();
      steps.put(gradient, new Step(gradient.op(), List.of(gradient.input(0), activation)));
    }
  }

  /**
   * Fuses batch norm and activation, and their gradients with them, if nobody else needs what is
   * between the two: the gradients compute it again.
   */
  private boolean recomputed(BatchNorm norm, Node node, Differentiated pair) {
    Node g = pair.gradient();
    List<Node> users = uses.of(g);
    if (users.size() != 2 || uses.named(g)) {
      return false;
    }
    Node x = node.input(0);
    Node moments = node.input(1);
    Node affine = node.input(2);
    Node sums = users.get(0);
    Node dx = users.get(1);
    float epsilon = norm.epsilon();
    if (!sums.op().equals(new BatchNorm.AffineGradient(epsilon))
        || !sums.inputs().equals(List.of(g, x, moments))
        || !(dx.op() instanceof BatchNorm.InputGradient gradient)
        || gradient.epsilon() != epsilon
        || !dx.inputs().equals(List.of(g, x, moments, affine, sums))
        || !uses.movable(node, dx)) {
      return false;
    }
    Activation.Function f = pair.function();
    Node dy = g.input(0);
    Op forward = new NormActivation(epsilon, false, Optional.of(f));
    Op backward = new NormActivation.InputGradient(epsilon, gradient.training(), f);
    steps.put(pair.activation(), new Step(forward, node.inputs()));
    steps.put(
        sums,
        new Step(new NormActivation.AffineGradient(epsilon, f), List.of(dy, x, moments, affine)));
    steps.put(dx, new Step(backward, List.of(dy, x, moments, affine, sums)));
    return true;
  }

  /**
   * Whether {@code f′(y) = f′(x)} for {@code y = f(x)}, so that the gradient can take y in place of
   * x. True of ReLU and ReLU6: where they are flat, y is 0 or 6, and there they have slope 0 too.
   */
  private static boolean resultTellsSlope(Activation.Function function) {
    return function == Activation.Function.RELU || function == Activation.Function.RELU6;
  }

  /** An activation and its gradient that take one value, and nobody else does. */
  private record Differentiated(Node activation, Node gradient) {
    Activation.Function function() {
      return ((Activation) activation.op()).function();
    }
  }

  private Differentiated differentiated(Node value) {
    List<Node> users = uses.of(value);
    if (users.size() != 2
        || uses.named(value)
        || !(users.get(0).op() instanceof Activation activation)
        || !users.get(1).op().equals(new Activation.InputGradient(activation.function()))
        || users.get(1).input(1) != value) {
      return null;
    }
    return new Differentiated(users.get(0), users.get(1));
  }

  /** The activation that alone takes a value. */
  private Node activation(Node value) {
    Node next = uses.only(value);
    return next != null && next.op() instanceof Activation ? next : null;
  }

  /** The function of an activation; none for other nodes. */
  private static Optional<Activation.Function> function(Node node) {
    return node.op() instanceof Activation activation
        ? Optional.of(activation.function())
        : Optional.empty();
  }

  /**
   * The sum of feature maps that alone takes a value. Where the other addend could be fused with it
   * too, the later one is: then the other has been computed.
   */
  private Node sum(Node value) {
    Node next = uses.only(value);
    if (next == null || !(next.op() instanceof Add) || !next.featureMap()) {
      return null;
    }
    Node other = other(next, value);
    return other.id() > value.id() && joinsSum(other) ? null : next;
  }

  /** Whether a value that goes into a sum is that of a batch norm or a convolution. */
  private boolean joinsSum(Node value) {
    return uses.only(value) != null
        && (value.op() instanceof BatchNorm
            || value.op() instanceof Conv2d
            || value.op() instanceof BiasAdd
                && value.input(0).op() instanceof Conv2d
                && shift(value.input(0)) == value);
  }

  private static Node other(Node sum, Node addend) {
    return sum.input(sum.input(0) == addend ? 1 : 0);
  }
}
