package dev.linnet.space;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that people designed, in a size to compare a search with.
 *
 * @param name for reports, such as {@code resnet-8 (24-48-96)}: the channels of the stages in
 *     parentheses
 * @param origin where the design comes from
 * @param architecture the network
 * @param macs multiply-accumulates for one image
 */
public record HandDesigned(String name, String origin, Architecture architecture, long macs) {
  private static final String RESNET =
      "residual network with one block per stage, after He et al. 2016 (arXiv:1512.03385)";
  private static final int LARGEST_STEP = 64;

  /**
   * The residual network whose cost for one image is nearest to {@code macs}, by ratio. Stem and
   * strides are those of the space {@code conv} for the task; the channels of the stages, multiples
   * of 8, keep the ratio 1 : 2 : 4 as nearly as that allows.
   */
  public static HandDesigned comparable(Task task, long macs) {
    HandDesigned best = resNet(task, 1);
    for (int step = 2; step <= LARGEST_STEP && best.macs() < macs; step++) {
      HandDesigned larger = resNet(task, step);
      if (ratio(larger.macs(), macs) < ratio(best.macs(), macs)) {
        best = larger;
      } else if (larger.macs() > macs) {
        break;
      }
    }
    return best;
  }

  private static double ratio(long a, long b) {
    return (double) Math.max(a, b) / Math.max(1, Math.min(a, b));
  }

  /** The network with the first stage {@code 4 · step} channels wide, rounded up to 8. */
  private static HandDesigned resNet(Task task, int step) {
    ConvSpace.Plan plan = ConvSpace.Plan.of(task.input());
    List<Integer> widths = new ArrayList<>();
    for (int s = 0; s < plan.stages().size(); s++) {
      int width = (4 * step) << s;
      widths.add((width + 7) / 8 * 8);
    }
    Architecture architecture =
        (n, images) -> {
          Node x = ConvSpace.stem(n, images, plan, Function.RELU);
          for (int s = 0; s < widths.size(); s++) {
            x = block(n, "stage" + (s + 1), x, widths.get(s), plan.stages().get(s).stride());
          }
          return n.classifier("head", x, task.classes());
        };
    String name = "resnet-8 (%d-%d-%d)".formatted(widths.toArray());
    long macs = Networks.inference(architecture, task.images(1), Weights.own()).macs();
    return new HandDesigned(name, RESNET, architecture, macs);
  }

  /** Two convolutions and a shortcut, which is a projection where the shape changes. */
  private static Node block(NetworkBuilder n, String name, Node x, int channels, int stride) {
    Node y = n.convBnAct(name + "/a", x, channels, 3, stride, Function.RELU);
    y = n.batchNorm(name + "/b/bn", n.conv(name + "/b/conv", y, channels, 3, 1));
    Node shortcut = x;
    if (!y.shape().equals(x.shape())) {
      shortcut = n.conv(name + "/shortcut/conv", x, channels, 1, stride);
      shortcut = n.batchNorm(name + "/shortcut/bn", shortcut);
    }
    return n.activation(Function.RELU, n.add(y, shortcut));
  }
}
