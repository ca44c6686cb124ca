package dev.linnet.bench.zoo;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.List;

/**
 * MobileNetV3-Small (Howard et al. 2019, arXiv:1905.02244, table 2). As in the published weights,
 * squeeze-excite has a quarter of the expanded channels, rounded to a multiple of 8, and the last
 * convolution has none. Without dropout: it would measure random numbers.
 */
final class MobileNetV3Small {
  /**
   * A row of the table.
   *
   * @param kernel of the depthwise convolution
   * @param expanded channels
   * @param channels at the end
   * @param squeezeExcite whether channels are gated
   * @param function the activation
   * @param stride of the depthwise convolution
   */
  private record Row(
      int kernel,
      int expanded,
      int channels,
      boolean squeezeExcite,
      Function function,
      int stride) {}

  private static final Function RE = Function.RELU;
  private static final Function HS = Function.HARD_SWISH;
  private static final int STEM = 16;
  private static final List<Row> ROWS =
      List.of(
          new Row(3, 16, 16, true, RE, 2),
          new Row(3, 72, 24, false, RE, 2),
          new Row(3, 88, 24, false, RE, 1),
          new Row(5, 96, 40, true, HS, 2),
          new Row(5, 240, 40, true, HS, 1),
          new Row(5, 240, 40, true, HS, 1),
          new Row(5, 120, 48, true, HS, 1),
          new Row(5, 144, 48, true, HS, 1),
          new Row(5, 288, 96, true, HS, 2),
          new Row(5, 576, 96, true, HS, 1),
          new Row(5, 576, 96, true, HS, 1));
  private static final int LAST = 576;
  private static final int HEAD = 1024;
  private static final int MULTIPLE = 8;

  private MobileNetV3Small() {}

  /** As published, for 224×224: the stem and four blocks halve the image. */
  static Architecture forLargeImages(int classes) {
    return (n, images) -> build(n, images, classes, 2, 2);
  }

  /** For 32×32: the stem and the first block keep the size, so that the last has 4×4 pixels. */
  static Architecture forSmallImages(int classes) {
    return (n, images) -> build(n, images, classes, 1, 1);
  }

  private static Node build(
      NetworkBuilder n, Node images, int classes, int stemStride, int firstStride) {
    Node x = n.convBnAct("stem", images, STEM, 3, stemStride, HS);
    for (int i = 0; i < ROWS.size(); i++) {
      Row row = ROWS.get(i);
      x = block(n, "block" + i, x, row, i == 0 ? firstStride : row.stride());
    }
    x = n.convBnAct("last", x, LAST, 1, 1, HS);
    x = n.graph().add(new Flatten(), n.graph().add(new GlobalAvgPool(), x));
    x = n.activation(HS, n.dense("head", x, HEAD));
    return n.dense("classifier", x, classes);
  }

  private static Node block(NetworkBuilder n, String name, Node x, Row row, int stride) {
    Node y = x;
    if (row.expanded() != x.shape().dim(3)) {
      y = n.convBnAct(name + "/expand", y, row.expanded(), 1, 1, row.function());
    }
    y = n.batchNorm(name + "/bn", n.depthwise(name + "/depthwise", y, row.kernel(), stride));
    y = n.activation(row.function(), y);
    if (row.squeezeExcite()) {
      y = gate(n, name + "/gate", y);
    }
    y = n.conv(name + "/project/conv", y, row.channels(), 1, 1);
    y = n.batchNorm(name + "/project/bn", y);
    return y.shape().equals(x.shape()) ? n.add(x, y) : y;
  }

  private static Node gate(NetworkBuilder n, String name, Node x) {
    int channels = x.shape().dim(3);
    int squeezed = Math.max(MULTIPLE, (channels / 4 + MULTIPLE / 2) / MULTIPLE * MULTIPLE);
    Node y = n.graph().add(new GlobalAvgPool(), x);
    y = n.bias(name + "/squeeze", n.conv(name + "/squeeze", y, squeezed, 1, 1));
    y = n.activation(Function.RELU, y);
    y = n.bias(name + "/excite", n.conv(name + "/excite", y, channels, 1, 1));
    return n.graph().add(new Multiply(), x, n.activation(Function.HARD_SIGMOID, y));
  }
}
