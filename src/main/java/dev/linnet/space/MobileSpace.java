package dev.linnet.space;

import static dev.linnet.space.Choice.oneOf;
import static dev.linnet.space.Choice.repeat;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The space {@code mobile}: that of Once-for-all (Cai et al. 2020, arXiv:1908.09791) around
 * MobileNetV3 (Howard et al. 2019, arXiv:1905.02244). Five stages have two to four inverted
 * residuals; every one chooses its kernel and its expansion, every stage squeeze-excite and
 * activation, the network its width multiplier and the resolution at which it reads the image.
 *
 * <p>All networks share weights in a supernet: expansions and widths are leading slices, kernels
 * differ in the depthwise convolution alone. {@link MobilePlan} fits strides and widths to the size
 * of the images; the half or third resolution is average pooling of the input.
 */
public final class MobileSpace {
  private static final int FEWEST_BLOCKS = 2;
  private static final int MOST_BLOCKS = 4;
  private static final int HEAD = 2;

  private MobileSpace() {}

  /** The space. */
  public static SearchSpace space() {
    List<Choice> choices = new ArrayList<>();
    choices.add(oneOf("resolution", "full", "half", "third"));
    choices.add(oneOf("width", "0.5", "0.75", "1"));
    for (int s = 1; s <= MobilePlan.STAGES; s++) {
      String stage = "stage" + s;
      choices.add(oneOf(stage + "/squeeze-excite", "no", "yes"));
      choices.add(oneOf(stage + "/activation", "relu", "hard-swish"));
      choices.add(
          repeat(
              stage + "/block",
              FEWEST_BLOCKS,
              MOST_BLOCKS,
              oneOf("kernel", "3", "5", "7"),
              oneOf("expansion", "3", "4", "6")));
    }
    return SearchSpace.of("mobile", choices, MobileSpace::decode);
  }

  private static Architecture decode(Chosen chosen, Task task) {
    MobilePlan plan = MobilePlan.of(task.input());
    double width = chosen.real("width");
    return (n, images) -> {
      Node x = MobilePlan.read(n, images, 1 + chosen.index("resolution"));
      x = n.convBnAct("stem", x, plan.width(0, width), 3, plan.stem(), Function.HARD_SWISH);
      for (int s = 1; s <= MobilePlan.STAGES; s++) {
        x = stage(n, x, chosen, "stage" + s, plan.width(s, width), plan.strides().get(s - 1));
      }
      int channels = HEAD * plan.width(MobilePlan.STAGES, width);
      x = n.convBnAct("head/conv", x, channels, 1, 1, Function.HARD_SWISH);
      return n.classifier("head", x, task.classes());
    };
  }

  private static Node stage(
      NetworkBuilder n, Node x, Chosen chosen, String stage, int channels, int stride) {
    Function function = chosen.constant(stage + "/activation", Function.class);
    boolean squeezeExcite = chosen.is(stage + "/squeeze-excite", "yes");
    List<Chosen> blocks = chosen.repeats(stage + "/block");
    Node y = x;
    for (int b = 0; b < blocks.size(); b++) {
      y =
          n.invertedResidual(
              stage + "/block" + (b + 1),
              y,
              channels,
              blocks.get(b).number("kernel"),
              b == 0 ? stride : 1,
              blocks.get(b).number("expansion"),
              function,
              squeezeExcite);
    }
    return y;
  }
}
