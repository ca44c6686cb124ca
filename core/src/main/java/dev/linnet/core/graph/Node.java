package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/** One operation applied to the values of earlier nodes. Compared by identity. */
public final class Node {
  private final int id;
  private final Op op;
  private final List<Node> inputs;
  private final Shape shape;
  private final boolean featureMap;

  Node(int id, Op op, List<Node> inputs) {
    this.id = id;
    this.op = op;
    this.inputs = List.copyOf(inputs);
    this.shape = op.shape(shapes());
    this.featureMap =
        (shape.rank() == 2 || shape.rank() == 4)
            && op.featureMap(this.inputs.stream().map(Node::featureMap).toList());
  }

  /** The position among the nodes of its graph or builder. */
  public int id() {
    return id;
  }

  /** What it does. */
  public Op op() {
    return op;
  }

  /** The nodes whose values it takes, in the operation's order. */
  public List<Node> inputs() {
    return inputs;
  }

  /** Input {@code index}. */
  public Node input(int index) {
    return inputs.get(index);
  }

  /** The shape of its value. */
  public Shape shape() {
    return shape;
  }

  /** Whether its value is a feature map; see {@link Op#featureMap}. */
  public boolean featureMap() {
    return featureMap;
  }

  /** Multiply-accumulates of one execution. */
  public long macs() {
    return op.macs(shapes(), shape);
  }

  private List<Shape> shapes() {
    return inputs.stream().map(Node::shape).toList();
  }

  @Override
  public String toString() {
    return "#" + id + " " + op + inputs.stream().map(n -> "#" + n.id).toList() + " " + shape;
  }
}
