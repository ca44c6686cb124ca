package dev.linnet.bench.cases;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * A square convolution on square images, padded so that stride 1 keeps the size.
 *
 * @param batch images
 * @param size height and width of an image
 * @param in input channels
 * @param out output channels
 * @param kernel height and width of the window
 * @param stride in both directions
 * @param groups divides both channel counts; as many as channels is depthwise
 * @param dilation pixels between neighbouring taps
 */
public record ConvShape(
    int batch, int size, int in, int out, int kernel, int stride, int groups, int dilation) {

  /** A dense convolution. */
  public static ConvShape dense(int batch, int size, int in, int out, int kernel, int stride) {
    return new ConvShape(batch, size, in, out, kernel, stride, 1, 1);
  }

  /** A convolution of every channel by itself. */
  public static ConvShape depthwise(int batch, int size, int channels, int kernel, int stride) {
    return new ConvShape(batch, size, channels, channels, kernel, stride, channels, 1);
  }

  /** Whether every channel is convolved by itself. */
  public boolean depthwise() {
    return groups > 1 && groups == in && in == out;
  }

  /** Such as {@code conv3x3s2/64-128@28x28/n1} and {@code depthwise3x3/64@28x28/n32}. */
  public String name() {
    String geometry =
        kernel
            + "x"
            + kernel
            + (stride == 1 ? "" : "s" + stride)
            + (groups == 1 || depthwise() ? "" : "g" + groups)
            + (dilation == 1 ? "" : "d" + dilation);
    return (depthwise()
            ? "depthwise" + geometry + "/" + in
            : "conv" + geometry + "/" + in + "-" + out)
        + "@"
        + size
        + "x"
        + size
        + "/n"
        + batch;
  }

  /** The operation. */
  public Conv2d op() {
    return new Conv2d(Window.square(kernel, stride, dilation * (kernel / 2), dilation), groups);
  }

  /** The shape of the input, NHWC. */
  public Shape x() {
    return Shape.of(batch, size, size, in);
  }

  /** The shape of the weights, {@code [O, I/groups, k, k]}. */
  public Shape weights() {
    return Shape.of(out, in / groups, kernel, kernel);
  }

  /** The shape of the result, NHWC. */
  public Shape y() {
    return op().shape(List.of(x(), weights()));
  }

  /** The case of one pass. */
  public KernelCase pass(Pass pass) {
    Conv2d conv = op();
    Op op =
        switch (pass) {
          case FORWARD -> conv;
          case DATA -> new Conv2d.InputGradient(conv, size, size);
          case WEIGHTS -> new Conv2d.WeightGradient(conv);
        };
    List<Shape> maps =
        switch (pass) {
          case FORWARD -> List.of(x());
          case DATA -> List.of(y());
          case WEIGHTS -> List.of(y(), x());
        };
    List<Shape> dense = pass == Pass.WEIGHTS ? List.of() : List.of(weights());
    return new KernelCase(name() + "/" + pass.label(), op, maps, dense);
  }
}
