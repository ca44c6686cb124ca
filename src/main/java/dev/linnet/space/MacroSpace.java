package dev.linnet.space;

import static dev.linnet.space.Choice.oneOf;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The space {@code macro}: that of NAS-Bench-Macro (Su et al. 2021, arXiv:2103.11922). Eight blocks
 * in stages of 2, 3 and 3, each an identity or an inverted residual with kernel 3 and expansion 3,
 * or with kernel 5 and expansion 6. A stem of 32 channels stands before them, a 1×1 convolution to
 * 1,280 channels and the classifier behind. The first block of a stage doubles the channels and
 * halves the image; as an identity it is a 1×1 convolution with stride 2.
 *
 * <p>The benchmark's own text form, a digit for each block such as {@code 22212220}, is read too.
 *
 * <p>Canonical form: an identity that is not the first block of its stage is no block at all, so
 * those behind it move up and the identities come last; 3,969 networks of 6,561 genotypes.
 */
public final class MacroSpace {
  static final String IDENTITY = "identity";
  private static final String SMALL = "mb3x3-e3";
  private static final String LARGE = "mb5x5-e6";
  private static final int[] STAGES = {2, 3, 3};
  private static final int BLOCKS = 8;
  private static final int STEM_CHANNELS = 32;
  private static final int HEAD_CHANNELS = 1280;

  private MacroSpace() {}

  /** The space. */
  public static SearchSpace space() {
    List<Choice> choices = new ArrayList<>();
    for (int s = 1; s <= STAGES.length; s++) {
      for (int b = 1; b <= STAGES[s - 1]; b++) {
        choices.add(oneOf(label(s, b), IDENTITY, SMALL, LARGE));
      }
    }
    return SearchSpace.of("macro", choices, MacroSpace::decode)
        .canonicalizedBy(MacroSpace::canonical)
        .alsoReading(MacroSpace::read);
  }

  private static String label(int stage, int block) {
    return "stage" + stage + "/block" + block;
  }

  private static Optional<int[]> read(String text) {
    if (!text.matches("[0-9]+")) {
      return Optional.empty();
    }
    if (!text.matches("[0-2]{" + BLOCKS + "}")) {
      throw new IllegalArgumentException(
          "macro: expected " + BLOCKS + " digits, each 0, 1 or 2, not " + text);
    }
    return Optional.of(text.chars().map(digit -> digit - '0').toArray());
  }

  private static Chosen canonical(Chosen chosen) {
    Chosen result = chosen;
    for (int s = 1; s <= STAGES.length; s++) {
      int next = 2;
      for (int b = 2; b <= STAGES[s - 1]; b++) {
        String option = chosen.option(label(s, b));
        if (!option.equals(IDENTITY)) {
          result = result.with(label(s, next), option);
          next++;
        }
      }
      for (; next <= STAGES[s - 1]; next++) {
        result = result.reset(label(s, next));
      }
    }
    return result;
  }

  private static Architecture decode(Chosen chosen, Task task) {
    return (n, images) -> {
      Node x = n.convBnAct("stem", images, STEM_CHANNELS, 3, 1, Function.RELU);
      int channels = STEM_CHANNELS;
      for (int s = 1; s <= STAGES.length; s++) {
        channels *= 2;
        for (int b = 1; b <= STAGES[s - 1]; b++) {
          x = block(n, label(s, b), x, channels, b == 1 ? 2 : 1, chosen);
        }
      }
      x = n.convBnAct("head/expand", x, HEAD_CHANNELS, 1, 1, Function.RELU);
      return n.classifier("head", x, task.classes());
    };
  }

  /**
   * Inverted residuals of one place share the names of their weights, so a supernet slices them.
   */
  private static Node block(
      NetworkBuilder n, String name, Node x, int channels, int stride, Chosen chosen) {
    return switch (chosen.option(name)) {
      case SMALL ->
          n.invertedResidual(name + "/mb", x, channels, 3, stride, 3, Function.RELU, false);
      case LARGE ->
          n.invertedResidual(name + "/mb", x, channels, 5, stride, 6, Function.RELU, false);
      default ->
          stride == 1
              ? x
              : n.batchNorm(
                  name + "/downsample/bn", n.conv(name + "/downsample/conv", x, channels, 1, 2));
    };
  }
}
