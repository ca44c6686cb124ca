package dev.linnet.estimate;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.space.Chosen;
import dev.linnet.space.Tuning;

/** How networks are trained where nobody says otherwise, by the number of training images. */
public final class Recipes {
  /** From this many training images on, batches are larger. */
  private static final int LARGE_SET = 10_000;

  private static final float CLIP = 5;

  private Recipes() {}

  /** For a network that is trained from scratch and kept: one cycle of SGD, averaged weights. */
  public static Recipe standAlone(int images, Augmentation augmentation, int epochs) {
    return standAlone(images, augmentation, epochs, 1, 1);
  }

  /**
   * The same for a network that may choose how it is trained.
   *
   * @param chosen of a space with {@link Tuning}, or without
   */
  public static Recipe standAlone(
      int images, Augmentation augmentation, int epochs, Chosen chosen) {
    if (!chosen.has(Tuning.RATE)) {
      return standAlone(images, augmentation, epochs);
    }
    Augmentation own =
        switch (chosen.option(Tuning.AUGMENTATION)) {
          case Tuning.NONE -> Augmentation.NONE;
          case Tuning.STRONG ->
              new Augmentation(
                  augmentation.flip(), augmentation.crop() + 1, augmentation.cutout() + 2);
          default -> augmentation;
        };
    return standAlone(
        images,
        own,
        epochs,
        (float) chosen.real(Tuning.RATE),
        (float) chosen.real(Tuning.WEIGHT_DECAY));
  }

  private static Recipe standAlone(
      int images, Augmentation augmentation, int epochs, float rate, float decay) {
    boolean large = images >= LARGE_SET;
    int batch = large ? 128 : 32;
    return new Recipe(
        epochs,
        batch,
        new Optimizer.NesterovSgd(0.9f, decay * 5e-4f),
        new Schedule.OneCycle(rate * (large ? 0.2f : 0.1f), 0.25),
        0.05f,
        CLIP,
        augmentation,
        average(images, batch));
  }

  /** For a supernet, which trains another candidate every step. */
  public static Recipe supernet(int images, Augmentation augmentation, int epochs) {
    return new Recipe(
        epochs,
        images >= LARGE_SET ? 64 : 32, // many steps matter more than quiet ones
        new Optimizer.NesterovSgd(0.9f, 5e-5f),
        new Schedule.Cosine(0.15f, 0.1),
        0,
        CLIP,
        augmentation,
        0);
  }

  /** A decay that averages over about a third of an epoch, or over 20 steps if that is more. */
  private static float average(int images, int batch) {
    int steps = Math.max(20, images / batch / 3);
    return 1 - 1f / steps;
  }
}
