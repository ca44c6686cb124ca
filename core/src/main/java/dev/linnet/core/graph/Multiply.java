package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * {@code y[n,h,w,c] = x[n,h,w,c] · g[n,0,0,c]}: the gate of squeeze-and-excitation (Hu et al. 2018,
 * arXiv:1709.01507), broadcast over space. A gate of x's own shape multiplies elementwise.
 */
public record Multiply() implements Differentiable {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Shape x = inputs.get(0);
    Shape gate = inputs.get(1);
    boolean broadcast = x.rank() == 4 && gate.equals(Shape.of(x.dim(0), 1, 1, x.dim(3)));
    Checks.that(
        this,
        broadcast || gate.equals(x),
        "the gate " + gate + " must have the shape of x " + x + " or be [N, 1, 1, C]");
    return x;
  }

  @Override
  public boolean imagewise(int index) {
    return true;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Node x = node.input(0);
    Node gate = node.input(1);
    return List.of(
        graph.add(new Multiply(), gradient, gate),
        gate.shape().equals(x.shape())
            ? graph.add(new Multiply(), gradient, x)
            : graph.add(new GateGradient(), gradient, x));
  }

  /** {@code dg[n,0,0,c] = Σ dy[n,h,w,c] · x[n,h,w,c]} over space. Inputs: dy, x. */
  public record GateGradient() implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(1);
      return Shape.of(x.dim(0), 1, 1, x.dim(3));
    }
  }
}
