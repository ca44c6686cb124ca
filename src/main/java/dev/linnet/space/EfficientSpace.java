package dev.linnet.space;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The space {@code efficient}: base networks of five stages of inverted residuals, scaled in depth,
 * width and resolution by one coefficient, as EfficientNet is (Tan and Le 2019, arXiv:1905.11946):
 * depth by 1.2<sup>c</sup>, width by 1.1<sup>c</sup>, resolution by 1.15<sup>c</sup>, so that each
 * step about doubles the multiply-accumulates. Every stage of the base network chooses kernel,
 * expansion and squeeze-excite; the activation is SiLU.
 *
 * <p>The largest coefficient reads the image at its full size, and a smaller one at whichever of
 * full size, half and third (average pooling of the input) is nearest to what it asks for, by
 * ratio. So with coefficients 0 to 5 the first three read at half the size. {@link MobilePlan} fits
 * strides and widths to the size of the images.
 */
public final class EfficientSpace {
  private static final int LARGEST = 5;
  private static final double DEPTH = 1.2;
  private static final double WIDTH = 1.1;
  private static final double RESOLUTION = 1.15;

  /** The blocks of the stages with coefficient 0. */
  private static final List<Integer> BLOCKS = List.of(1, 1, 2, 2, 1);

  /** The widths with coefficient 0, as a part of those of the plan. */
  private static final double BASE_WIDTH = 0.6;

  private static final int MOST_DIVISOR = 3;
  private static final int HEAD = 2;

  private EfficientSpace() {}

  /** The space. */
  public static SearchSpace space() {
    List<Choice> choices = new ArrayList<>();
    choices.add(intRange("coefficient", 0, LARGEST));
    for (int s = 1; s <= MobilePlan.STAGES; s++) {
      String stage = "stage" + s;
      choices.add(oneOf(stage + "/kernel", "3", "5"));
      choices.add(oneOf(stage + "/expansion", "2", "4", "6"));
      choices.add(oneOf(stage + "/squeeze-excite", "no", "yes"));
    }
    return SearchSpace.of("efficient", choices, EfficientSpace::decode);
  }

  /** The number of blocks of a stage, from 1. */
  static int blocks(int stage, int coefficient) {
    return (int) Math.ceil(BLOCKS.get(stage - 1) * Math.pow(DEPTH, coefficient) - 1e-9);
  }

  /** By what the size of the image is divided: the nearest to what the coefficient asks for. */
  static int divisor(int coefficient) {
    double wanted = Math.pow(RESOLUTION, LARGEST - coefficient);
    int best = 1;
    for (int divisor = 2; divisor <= MOST_DIVISOR; divisor++) {
      boolean nearer = Math.abs(Math.log(divisor / wanted)) < Math.abs(Math.log(best / wanted));
      best = nearer ? divisor : best;
    }
    return best;
  }

  private static Architecture decode(Chosen chosen, Task task) {
    MobilePlan plan = MobilePlan.of(task.input());
    int coefficient = chosen.number("coefficient");
    double width = BASE_WIDTH * Math.pow(WIDTH, coefficient);
    return (n, images) -> {
      Node x = MobilePlan.read(n, images, divisor(coefficient));
      x = n.convBnAct("stem", x, plan.width(0, width), 3, plan.stem(), Function.SILU);
      for (int s = 1; s <= MobilePlan.STAGES; s++) {
        x = stage(n, x, chosen, s, plan.width(s, width), plan.strides().get(s - 1));
      }
      int channels = HEAD * plan.width(MobilePlan.STAGES, width);
      x = n.convBnAct("head/conv", x, channels, 1, 1, Function.SILU);
      return n.classifier("head", x, task.classes());
    };
  }

  private static Node stage(
      NetworkBuilder n, Node x, Chosen chosen, int number, int channels, int stride) {
    String stage = "stage" + number;
    Node y = x;
    for (int b = 1; b <= blocks(number, chosen.number("coefficient")); b++) {
      y =
          n.invertedResidual(
              stage + "/block" + b,
              y,
              channels,
              chosen.number(stage + "/kernel"),
              b == 1 ? stride : 1,
              chosen.number(stage + "/expansion"),
              Function.SILU,
              chosen.is(stage + "/squeeze-excite", "yes"));
    }
    return y;
  }
}
