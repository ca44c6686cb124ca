package dev.linnet.space;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.List;
import java.util.Map;

/**
 * The network of a genotype of a space that a file describes.
 *
 * @param labels the labels of the genes that hold the properties of a part, by part and key
 * @param stages their number
 * @param chosen what the genotype chooses
 * @param task what the network is for
 */
record DeclaredNetwork(
    Map<String, Map<String, String>> labels, int stages, Chosen chosen, Task task)
    implements Architecture {
  private static final int MULTIPLE = 8;

  @Override
  public Node build(NetworkBuilder n, Node images) {
    int divisor = 1 + List.of("full", "half", "third").indexOf(option("", Property.RESOLUTION));
    Node x = MobilePlan.read(n, images, divisor);
    if (labels.containsKey("stem")) {
      x =
          n.convBnAct(
              "stem",
              x,
              channels("stem"),
              number("stem", Property.KERNEL),
              number("stem", Property.STRIDE),
              function("stem"));
    }
    for (int s = 1; s <= stages; s++) {
      x = stage(n, x, "stage" + s);
    }
    if (labels.containsKey("head")) {
      x = n.convBnAct("head/conv", x, channels("head"), 1, 1, function("head"));
    }
    return n.classifier("head", x, task.classes());
  }

  private Node stage(NetworkBuilder n, Node x, String stage) {
    Map<String, String> own = labels.get(stage);
    Node y = x;
    int number = 0;
    for (Chosen block : chosen.repeats(stage + "/blocks")) {
      number++;
      int stride = number == 1 ? number(stage, Property.STRIDE) : 1;
      y = block(n, stage + "/block" + number, y, channels(stage), stride, block, own);
    }
    return y;
  }

  /** A block; a convolution or a separable one has a residual connection where it can. */
  private static Node block(
      NetworkBuilder n,
      String name,
      Node x,
      int channels,
      int stride,
      Chosen block,
      Map<String, String> own) {
    int kernel = block.number(own.get(Property.KERNEL.key()));
    Function function = block.constant(own.get(Property.ACTIVATION.key()), Function.class);
    return switch (block.option(own.get(Property.OPERATION.key()))) {
      case "max-pool" -> project(n, name, n.maxPool(x, kernel, stride), channels);
      case "avg-pool" -> project(n, name, n.avgPool(x, kernel, stride), channels);
      case "inverted-residual" ->
          n.invertedResidual(
              name + "/inverted-residual",
              x,
              channels,
              kernel,
              stride,
              block.number(own.get(Property.EXPANSION.key())),
              function,
              block.option(own.get(Property.SQUEEZE_EXCITE.key())).equals("true"));
      case "separable" -> {
        String separable = name + "/separable";
        String depthwise = separable + "/depthwise" + kernel + "x" + kernel;
        Node y = n.batchNorm(depthwise + "/bn", n.depthwise(depthwise, x, kernel, stride));
        y = n.conv(separable + "/conv", n.activation(function, y), channels, 1, 1);
        yield residual(n, x, n.batchNorm(separable + "/bn", y), function);
      }
      default -> {
        String conv = name + "/conv" + kernel + "x" + kernel;
        Node y = n.conv(conv, x, channels, kernel, stride);
        yield residual(n, x, n.batchNorm(conv + "/bn", y), function);
      }
    };
  }

  private static Node residual(NetworkBuilder n, Node x, Node y, Function function) {
    return n.activation(function, y.shape().equals(x.shape()) ? n.add(x, y) : y);
  }

  private static Node project(NetworkBuilder n, String name, Node x, int channels) {
    return x.shape().dim(3) == channels
        ? x
        : n.batchNorm(name + "/pool/bn", n.conv(name + "/pool", x, channels, 1, 1));
  }

  /** The channels of a part times the width multiplier, then a multiple of 8. */
  private int channels(String part) {
    int channels = number(part, Property.CHANNELS);
    double width = Double.parseDouble(option("", Property.WIDTH));
    return width == 1
        ? channels
        : Math.max(MULTIPLE, (int) Math.round(channels * width / MULTIPLE) * MULTIPLE);
  }

  private int number(String part, Property property) {
    return Integer.parseInt(option(part, property));
  }

  private Function function(String part) {
    return chosen.constant(labels.get(part).get(Property.ACTIVATION.key()), Function.class);
  }

  private String option(String part, Property property) {
    return chosen.option(labels.get(part).get(property.key()));
  }
}
