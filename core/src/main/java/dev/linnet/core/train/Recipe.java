package dev.linnet.core.train;

import dev.linnet.core.data.Augmentation;

/**
 * How a network is trained; the same for all that are to be compared.
 *
 * @param epochs passes over the training images
 * @param batch images a step
 * @param optimizer how parameters follow gradients
 * @param schedule the learning rate over all steps
 * @param smoothing label smoothing, in [0, 1)
 * @param clip the largest norm of all gradients together; infinity for none
 * @param augmentation what happens to training images
 * @param average decay of the exponential moving average of the weights that is kept in the end, in
 *     [0, 1); 0 keeps the last weights
 */
public record Recipe(
    int epochs,
    int batch,
    Optimizer optimizer,
    Schedule schedule,
    float smoothing,
    float clip,
    Augmentation augmentation,
    float average) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value and its range
   */
  public Recipe {
    require(epochs >= 1, "epochs must be at least 1, got " + epochs);
    require(batch >= 1, "the batch must be at least 1, got " + batch);
    require(smoothing >= 0 && smoothing < 1, "smoothing must be in [0, 1), got " + smoothing);
    require(clip > 0, "the gradient's largest norm must be positive, got " + clip);
    require(average >= 0 && average < 1, "the average's decay must be in [0, 1), got " + average);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("Recipe: " + message);
    }
  }

  /** The same recipe for another number of epochs. */
  public Recipe withEpochs(int count) {
    return new Recipe(count, batch, optimizer, schedule, smoothing, clip, augmentation, average);
  }

  /** The same recipe with other augmentation. */
  public Recipe withAugmentation(Augmentation other) {
    return new Recipe(epochs, batch, optimizer, schedule, smoothing, clip, other, average);
  }
}
