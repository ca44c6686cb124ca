package dev.linnet.bench.zoo;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.NetworkBuilder;

/**
 * ResNet-20 for small images (He et al. 2016, arXiv:1512.03385, section 4.2): three stages of three
 * blocks of two 3×3 convolutions, 16, 32 and 64 wide. Where the shapes differ, the shortcut is a
 * 1×1 convolution.
 */
final class Resnet {
  private static final int[] WIDTHS = {16, 32, 64};
  private static final int BLOCKS = 3;
  private static final int CLASSES = 10;

  private Resnet() {}

  static Node build(NetworkBuilder n, Node images) {
    Node x = n.convBnAct("stem", images, WIDTHS[0], 3, 1, Function.RELU);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        String name = "stage" + stage + "/block" + block;
        int stride = stage > 0 && block == 0 ? 2 : 1;
        Node y = n.convBnAct(name + "/a", x, WIDTHS[stage], 3, stride, Function.RELU);
        y = n.batchNorm(name + "/b/bn", n.conv(name + "/b/conv", y, WIDTHS[stage], 3, 1));
        Node shortcut = stride == 1 ? x : n.conv(name + "/shortcut", x, WIDTHS[stage], 1, stride);
        x = n.activation(Function.RELU, n.add(y, shortcut));
      }
    }
    return n.classifier("classifier", x, CLASSES);
  }
}
