package dev.linnet.bench.peers;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * One convolution without bias, padded so that stride 1 keeps the size.
 *
 * @param batch images
 * @param size rows and columns of the input
 * @param in channels of the input
 * @param out channels of the output
 * @param kernel rows and columns of taps
 * @param stride in both directions
 * @param depthwise whether every channel is convolved by itself
 */
record ConvolutionCase(
    int batch, int size, int in, int out, int kernel, int stride, boolean depthwise) {
  /** The shapes that networks are made of, from stems to depthwise. */
  static final List<ConvolutionCase> ALL =
      List.of(
          dense(1, 28, 64, 64, 3, 1),
          dense(1, 56, 64, 64, 3, 1),
          dense(1, 28, 128, 128, 3, 1),
          dense(1, 8, 64, 64, 3, 1),
          dense(1, 16, 32, 32, 3, 1),
          dense(1, 32, 16, 16, 3, 1),
          dense(1, 28, 64, 128, 1, 1),
          dense(1, 112, 32, 64, 1, 1),
          dense(1, 14, 256, 256, 1, 1),
          dense(1, 224, 3, 64, 7, 2),
          depthwise(1, 28, 64, 3),
          depthwise(1, 112, 32, 3),
          depthwise(1, 14, 128, 5),
          dense(32, 28, 32, 32, 3, 1),
          dense(32, 32, 16, 16, 3, 1),
          dense(32, 14, 64, 64, 1, 1),
          depthwise(32, 14, 64, 3));

  private static ConvolutionCase dense(
      int batch, int size, int in, int out, int kernel, int stride) {
    return new ConvolutionCase(batch, size, in, out, kernel, stride, false);
  }

  private static ConvolutionCase depthwise(int batch, int size, int channels, int kernel) {
    return new ConvolutionCase(batch, size, channels, channels, kernel, 1, true);
  }

  /** A graph of nothing else. */
  Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    int perGroup = depthwise ? 1 : in;
    Node x = graph.input("images", Shape.of(batch, size, size, in));
    Node w =
        graph.parameter(
            "weights",
            Shape.of(out, perGroup, kernel, kernel),
            Initializer.he(perGroup * kernel * kernel));
    Conv2d conv = new Conv2d(Window.same(kernel, stride), depthwise ? in : 1);
    return graph.build(Map.of("y", graph.add(conv, x, w)));
  }

  @Override
  public String toString() {
    return (batch == 1 ? "" : batch + "× ")
        + (depthwise ? "depthwise " : "")
        + kernel
        + "×"
        + kernel
        + (stride == 1 ? "" : "/" + stride)
        + " "
        + (depthwise ? in : in + "→" + out)
        + " "
        + size
        + "×"
        + size;
  }
}
