package dev.linnet.space;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.Locale;

/**
 * The blocks that the space {@code conv} chooses from. The names of a block's parameters do not
 * depend on what surrounds it, so that a supernet gives it the same weights in whatever network it
 * stands.
 *
 * <p>Every block with a convolution that follows another block of its stage has a residual
 * connection, before the last activation as in ResNet (arXiv:1512.03385); in an inverted residual
 * there is no activation after it (arXiv:1801.04381).
 */
enum ConvBlock {
  CONV3X3(3),
  CONV5X5(5),
  CONV1X1(1),
  SEP3X3(3),
  SEP5X5(5),
  IR3X3_E2(3),
  IR3X3_E4(3),
  IR5X5_E2(5),
  IR5X5_E4(5),
  MAXPOOL3X3(3),
  AVGPOOL3X3(3),
  SKIP(1);

  private final int kernel;

  ConvBlock(int kernel) {
    this.kernel = kernel;
  }

  /**
   * What all blocks of a stage have in common.
   *
   * @param channels of the outputs
   * @param function after convolutions
   * @param squeezeExcite whether inverted residuals have it
   */
  record Stage(int channels, Function function, boolean squeezeExcite) {}

  /** The name as an option, such as {@code ir3x3-e4}. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether squeeze-excite makes a difference. */
  boolean isInvertedResidual() {
    return switch (this) {
      case IR3X3_E2, IR3X3_E4, IR5X5_E2, IR5X5_E4 -> true;
      default -> false;
    };
  }

  /**
   * The first block of a stage: changes the channels and, with stride 2, halves the image. A skip
   * does so by a 1×1 convolution, the same as that of {@link #CONV1X1}.
   */
  Node enter(NetworkBuilder n, String block, Node x, Stage stage, int stride) {
    return switch (this) {
      case MAXPOOL3X3 -> project(n, block, n.maxPool(x, kernel, stride), stage);
      case AVGPOOL3X3 -> project(n, block, n.avgPool(x, kernel, stride), stage);
      case SKIP -> CONV1X1.enter(n, block, x, stage, stride);
      case CONV1X1, CONV3X3, CONV5X5, SEP3X3, SEP5X5 ->
          n.activation(stage.function(), convolution(n, name(block), x, stage, stride));
      default -> invertedResidual(n, name(block), x, stage, stride);
    };
  }

  /** A later block of a stage: keeps the shape. */
  Node follow(NetworkBuilder n, String block, Node x, Stage stage) {
    return switch (this) {
      case MAXPOOL3X3 -> n.maxPool(x, kernel, 1);
      case AVGPOOL3X3 -> n.avgPool(x, kernel, 1);
      case SKIP -> x;
      case CONV1X1, CONV3X3, CONV5X5, SEP3X3, SEP5X5 ->
          n.activation(stage.function(), n.add(convolution(n, name(block), x, stage, 1), x));
      default -> invertedResidual(n, name(block), x, stage, 1);
    };
  }

  /**
   * The name that the parameters start with. Separable convolutions, and inverted residuals, share
   * it for all kernels and expansions: what differs is a leading slice or is named by its kernel.
   * So a supernet trains what they have in common each time that one of them is drawn.
   */
  private String name(String block) {
    return switch (this) {
      case SEP3X3, SEP5X5 -> block + "/sep";
      case IR3X3_E2, IR3X3_E4, IR5X5_E2, IR5X5_E4 -> block + "/ir";
      default -> block + "/" + option();
    };
  }

  private Node project(NetworkBuilder n, String block, Node x, Stage stage) {
    return n.convBnAct(name(block) + "/project", x, stage.channels(), 1, 1, stage.function());
  }

  /** A convolution or a separable one up to its last batch norm. */
  private Node convolution(NetworkBuilder n, String name, Node x, Stage stage, int stride) {
    if (this == SEP3X3 || this == SEP5X5) {
      String depthwise = name + "/depthwise" + kernel + "x" + kernel;
      Node y = n.batchNorm(depthwise + "/bn", n.depthwise(depthwise, x, kernel, stride));
      y = n.activation(stage.function(), y);
      y = n.conv(name + "/pointwise/conv", y, stage.channels(), 1, 1);
      return n.batchNorm(name + "/pointwise/bn", y);
    }
    return n.batchNorm(name + "/bn", n.conv(name + "/conv", x, stage.channels(), kernel, stride));
  }

  private Node invertedResidual(NetworkBuilder n, String name, Node x, Stage stage, int stride) {
    int expansion = this == IR3X3_E2 || this == IR5X5_E2 ? 2 : 4;
    return n.invertedResidual(
        name,
        x,
        stage.channels(),
        kernel,
        stride,
        expansion,
        stage.function(),
        stage.squeezeExcite());
  }
}
