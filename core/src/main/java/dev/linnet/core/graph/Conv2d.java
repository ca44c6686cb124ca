package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-correlation, as every framework's "convolution": {@code y[n,p,q,o] = Σ x[n, p·s + i·d −
 * pad, q·s + j·d − pad, c] · w[o, c, i, j]} over the taps (i, j) and the input channels c of o's
 * group. Inputs: x {@code [N, H, W, I]}, weights {@code [O, I/groups, kh, kw]}. No bias: see {@link
 * BiasAdd}. With {@code groups = I = O} it is depthwise.
 *
 * @param window the geometry
 * @param groups divides both channel counts
 */
public record Conv2d(Window window, int groups) implements Differentiable {

  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.inputs(this, inputs, 2);
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    Checks.rank(this, "x", x, 4);
    Checks.rank(this, "weights", w, 4);
    Checks.that(
        this,
        groups >= 1 && x.dim(3) % groups == 0 && w.dim(0) % groups == 0,
        groups
            + " groups must divide the input channels (x "
            + x
            + ") and output channels (w "
            + w
            + ")");
    Checks.that(
        this,
        w.dim(1) * groups == x.dim(3),
        "weights expect "
            + w.dim(1) * groups
            + " input channels, x has "
            + x.dim(3)
            + " (NHWC "
            + x
            + ")");
    Checks.that(
        this,
        w.dim(2) == window.kernelHeight() && w.dim(3) == window.kernelWidth(),
        "weights "
            + w
            + " must end in the kernel, "
            + window.kernelHeight()
            + "×"
            + window.kernelWidth());
    return windowed(this, window, x, w.dim(0));
  }

  /** The shape that a window leaves of x, with {@code channels} channels. */
  static Shape windowed(Op op, Window window, Shape x, int channels) {
    int height = window.outputHeight(x.dim(1));
    int width = window.outputWidth(x.dim(2));
    Checks.that(
        op, height >= 1 && width >= 1, "the window " + window + " does not fit into x " + x);
    return Shape.of(x.dim(0), height, width, channels);
  }

  /** Whether every channel is convolved by itself, x having {@code channels} channels. */
  public boolean depthwise(int channels, int outputs) {
    return groups == channels && channels == outputs && groups > 1;
  }

  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return macs(output, inputs.get(1));
  }

  private static long macs(Shape y, Shape w) {
    return (long) y.size() * (w.size() / w.dim(0));
  }

  @Override
  public boolean imagewise(int index) {
    return index == 0;
  }

  @Override
  public List<Node> gradient(GraphBuilder graph, Node node, Node gradient) {
    Node x = node.input(0);
    Node w = node.input(1);
    return Arrays.asList(
        graph.add(new InputGradient(this, x.shape().dim(1), x.shape().dim(2)), gradient, w),
        graph.add(new WeightGradient(this), gradient, x));
  }

  /**
   * The gradient with respect to x. Inputs: dy {@code [N, P, Q, O]}, weights.
   *
   * @param forward the convolution
   * @param height rows of x
   * @param width columns of x
   */
  public record InputGradient(Conv2d forward, int height, int width) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape dy = inputs.get(0);
      return Shape.of(dy.dim(0), height, width, inputs.get(1).dim(1) * forward.groups);
    }

    @Override
    public long macs(List<Shape> inputs, Shape output) {
      return Conv2d.macs(inputs.get(0), inputs.get(1));
    }
  }

  /**
   * The gradient with respect to the weights. Inputs: dy {@code [N, P, Q, O]}, x.
   *
   * @param forward the convolution
   */
  public record WeightGradient(Conv2d forward) implements Derivative {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(
          inputs.get(0).dim(3),
          inputs.get(1).dim(3) / forward.groups,
          forward.window.kernelHeight(),
          forward.window.kernelWidth());
    }

    @Override
    public long macs(List<Shape> inputs, Shape output) {
      return Conv2d.macs(inputs.get(0), output);
    }

    @Override
    public boolean featureMap(List<Boolean> inputs) {
      return false;
    }
  }
}
