package dev.linnet.space;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The space {@code conv}: a stem, three stages of one to three blocks, a classifier. Every stage
 * chooses its width, depth, activation and whether its inverted residuals have squeeze-excite;
 * every block chooses its operation.
 *
 * <p>A genotype does not depend on the task; {@link Plan} fits widths and strides to the size of
 * the image.
 *
 * <p>Canonical form: a skip as the first block of a stage is a 1×1 convolution; a later skip is no
 * block at all, so the others move up and the depth shrinks; blocks beyond the depth, and
 * squeeze-excite in a stage without inverted residuals, have the first option.
 */
public final class ConvSpace {
  static final int STAGES = 3;
  private static final int DEPTH = 3;
  private static final String STEM = "stem";
  private static final String HEAD = "head";

  private ConvSpace() {}

  /** The space. */
  public static SearchSpace space() {
    return SearchSpace.of("conv", choices(), ConvSpace::decode)
        .canonicalizedBy(ConvSpace::canonical);
  }

  private static List<Choice> choices() {
    String[] blocks =
        Arrays.stream(ConvBlock.values()).map(ConvBlock::option).toArray(String[]::new);
    List<Choice> choices = new ArrayList<>();
    for (int s = 1; s <= STAGES; s++) {
      String stage = "stage" + s;
      choices.add(oneOf(stage + "/width", "narrow", "medium", "wide"));
      choices.add(oneOf(stage + "/activation", "relu", "hard-swish", "silu"));
      choices.add(oneOf(stage + "/squeeze-excite", "no", "yes"));
      choices.add(intRange(stage + "/depth", 1, DEPTH));
      for (int b = 1; b <= DEPTH; b++) {
        choices.add(oneOf(stage + "/block" + b, blocks));
      }
    }
    return choices;
  }

  private static Chosen canonical(Chosen chosen) {
    Chosen result = chosen;
    for (int s = 1; s <= STAGES; s++) {
      String stage = "stage" + s;
      List<ConvBlock> blocks = blocks(chosen, stage);
      for (int b = 1; b <= DEPTH; b++) {
        String label = stage + "/block" + b;
        result =
            b <= blocks.size()
                ? result.with(label, blocks.get(b - 1).option())
                : result.reset(label);
      }
      result = result.with(stage + "/depth", Integer.toString(blocks.size()));
      if (blocks.stream().noneMatch(ConvBlock::isInvertedResidual)) {
        result = result.reset(stage + "/squeeze-excite");
      }
    }
    return result;
  }

  /** The blocks of a stage in canonical form. */
  private static List<ConvBlock> blocks(Chosen chosen, String stage) {
    List<ConvBlock> blocks = new ArrayList<>();
    for (int b = 1; b <= chosen.number(stage + "/depth"); b++) {
      ConvBlock block = chosen.constant(stage + "/block" + b, ConvBlock.class);
      if (block != ConvBlock.SKIP) {
        blocks.add(block);
      } else if (b == 1) {
        blocks.add(ConvBlock.CONV1X1);
      }
    }
    return blocks;
  }

  private static Architecture decode(Chosen chosen, Task task) {
    Plan plan = Plan.of(task.input());
    return (n, images) -> {
      Node x = stem(n, images, plan, function(chosen, "stage1"));
      for (int s = 1; s <= STAGES; s++) {
        x = stage(n, x, chosen, "stage" + s, plan.stages().get(s - 1));
      }
      return n.classifier(HEAD, x, task.classes());
    };
  }

  /** A convolution, after enough with stride 2 to make large images small. */
  static Node stem(NetworkBuilder n, Node images, Plan plan, Function function) {
    Node x = images;
    for (int i = 1; i <= plan.halvings(); i++) {
      x = n.convBnAct(STEM + "/halving" + i, x, Plan.STEM_CHANNELS, 3, 2, function);
    }
    return n.convBnAct(STEM, x, Plan.STEM_CHANNELS, 3, 1, function);
  }

  private static Node stage(NetworkBuilder n, Node x, Chosen chosen, String name, StagePlan plan) {
    ConvBlock.Stage stage =
        new ConvBlock.Stage(
            plan.widths().get(chosen.index(name + "/width")),
            function(chosen, name),
            chosen.is(name + "/squeeze-excite", "yes"));
    List<ConvBlock> blocks = blocks(chosen, name);
    Node y = blocks.get(0).enter(n, name + "/block1", x, stage, plan.stride());
    for (int b = 2; b <= blocks.size(); b++) {
      y = blocks.get(b - 1).follow(n, name + "/block" + b, y, stage);
    }
    return y;
  }

  private static Function function(Chosen chosen, String stage) {
    return chosen.constant(stage + "/activation", Function.class);
  }

  /**
   * A stage as it fits a task.
   *
   * @param stride of its first block, 1 or 2
   * @param widths channels when narrow, medium and wide
   */
  record StagePlan(int stride, List<Integer> widths) {}

  /**
   * How the space fits a size of images: the stem brings them down to at most 40 pixels; the first
   * stage halves those of 16 pixels and more; a later stage halves while 4 pixels are left.
   *
   * @param halvings convolutions with stride 2 at the start of the stem
   * @param stages the stages in order
   */
  record Plan(int halvings, List<StagePlan> stages) {
    static final int STEM_CHANNELS = 16;
    private static final int LARGEST = 40;
    private static final int SMALL = 16;
    private static final int SMALLEST = 4;
    private static final List<List<Integer>> WIDTHS =
        List.of(List.of(16, 24, 32), List.of(32, 48, 64), List.of(64, 96, 128));
    private static final List<List<Integer>> SMALL_WIDTHS =
        List.of(List.of(16, 24, 32), List.of(24, 32, 48), List.of(32, 48, 64));

    static Plan of(ImageShape input) {
      int size = Math.min(input.height(), input.width());
      int halvings = 0;
      while (size > LARGEST) {
        size = (size + 1) / 2;
        halvings++;
      }
      List<List<Integer>> widths = size < SMALL ? SMALL_WIDTHS : WIDTHS;
      List<StagePlan> stages = new ArrayList<>();
      for (int s = 0; s < STAGES; s++) {
        int half = (size + 1) / 2;
        boolean halve = s == 0 ? size >= SMALL : half >= SMALLEST;
        stages.add(new StagePlan(halve ? 2 : 1, widths.get(s)));
        size = halve ? half : size;
      }
      return new Plan(halvings, List.copyOf(stages));
    }
  }
}
