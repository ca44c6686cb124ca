package dev.linnet.bench.zoo;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.NetworkBuilder;

/**
 * Inverted residuals with depthwise 3×3 and expansion 4, after MobileNetV2 (arXiv:1801.04381), in
 * the stages of {@link Resnet}: three of three blocks, 16, 32 and 64 wide.
 */
final class InvertedResidual {
  private static final int[] WIDTHS = {16, 32, 64};
  private static final int BLOCKS = 3;
  private static final int EXPANSION = 4;
  private static final int CLASSES = 10;

  private InvertedResidual() {}

  static Node build(NetworkBuilder n, Node images) {
    Node x = n.convBnAct("stem", images, WIDTHS[0], 3, 1, Function.RELU6);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        String name = "stage" + stage + "/block" + block;
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = n.invertedResidual(name, x, WIDTHS[stage], 3, stride, EXPANSION, Function.RELU6, false);
      }
    }
    return n.classifier("classifier", x, CLASSES);
  }
}
