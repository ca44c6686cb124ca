package dev.linnet.space;

import java.util.ArrayList;
import java.util.List;

/**
 * How a network is trained, as choices beside those of a space: the learning rate and the weight
 * decay as multiples of the usual ones, and how much images are changed. The decoder ignores them;
 * whoever trains a network from scratch reads them. The first options are the usual training.
 */
public final class Tuning {
  /** What the name of a space with these choices ends with. */
  public static final String SUFFIX = "-tuned";

  /** The label of the learning rate. */
  public static final String RATE = "train/rate";

  /** The label of the weight decay. */
  public static final String WEIGHT_DECAY = "train/weight-decay";

  /** The label of the augmentation. */
  public static final String AUGMENTATION = "train/augmentation";

  /** The augmentation that suits the data set. */
  public static final String USUAL = "usual";

  /** No augmentation. */
  public static final String NONE = "none";

  /** A pixel more of shift and two more of cutout than usual. */
  public static final String STRONG = "strong";

  private Tuning() {}

  /** The space with these choices besides, its name with {@link #SUFFIX}. */
  public static SearchSpace of(SearchSpace space) {
    List<Choice> choices = new ArrayList<>(space.choices());
    choices.add(Choice.oneOf(RATE, "1", "0.5", "2"));
    choices.add(Choice.oneOf(WEIGHT_DECAY, "1", "0.3", "3"));
    choices.add(Choice.oneOf(AUGMENTATION, USUAL, NONE, STRONG));
    return space.withChoices(space.name() + SUFFIX, choices);
  }
}
