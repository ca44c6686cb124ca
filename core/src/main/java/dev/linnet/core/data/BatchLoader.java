package dev.linnet.core.data;

import dev.linnet.core.tensor.RandomStream;
import java.util.Arrays;

/**
 * Fills batches of normalised, augmented images; allocates nothing while it does.
 *
 * <p>What is in a batch depends on the seed, the epoch and the number of the batch alone: batches
 * may be asked for in any order. One loader belongs to one thread.
 */
public final class BatchLoader {

  private final ImageSet set;
  private final int batchSize;
  private final int batches;
  private final boolean training;
  private final ImageTransform transform;
  private final long orders;
  private final RandomStream random = RandomStream.of(0);
  private final int[] order;
  private int orderEpoch = -1;

  private BatchLoader(
      ImageSet set, int batchSize, boolean training, ImageTransform transform, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "BatchLoader: batch size must be positive, not " + batchSize);
    }
    if (set.size() == 0) {
      throw new IllegalArgumentException("BatchLoader: " + set.name() + " has no images");
    }
    this.set = set;
    this.batchSize = batchSize;
    this.batches =
        training ? Math.max(1, set.size() / batchSize) : (set.size() - 1) / batchSize + 1;
    this.training = training;
    this.transform = transform;
    this.orders = RandomStream.key(seed, "order");
    this.order = new int[set.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /**
   * Batches to train on: a new random order each epoch, always full. What is left over at the end
   * of an epoch is dropped; a set smaller than one batch is repeated to fill it.
   *
   * @param normalization of the train split
   * @param seed of order and augmentation
   */
  public static BatchLoader training(
      ImageSet set,
      int batchSize,
      Normalization normalization,
      Augmentation augmentation,
      long seed) {
    return new BatchLoader(
        set,
        batchSize,
        true,
        new ImageTransform(set.shape(), normalization, augmentation, seed),
        seed);
  }

  /**
   * Batches to evaluate on: every image once, in the order of the set; the last batch may be
   * partial.
   *
   * @param normalization of the train split
   */
  public static BatchLoader evaluation(ImageSet set, int batchSize, Normalization normalization) {
    return new BatchLoader(
        set,
        batchSize,
        false,
        new ImageTransform(set.shape(), normalization, Augmentation.NONE, 0),
        0);
  }

  /** Batches per epoch, at least 1. */
  public int batches() {
    return batches;
  }

  /** Images per batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The images that the batches come from. */
  public ImageSet set() {
    return set;
  }

  /**
   * Fills one batch.
   *
   * <p>Rows without an image, which only the last evaluation batch has, get label -1 and images of
   * zeros.
   *
   * @param epoch from 0; of no effect in evaluation
   * @param batch in [0, batches)
   * @param images receives {@code [batchSize, H, W, C]}; modified
   * @param labels receives {@code [batchSize]}, the class index of each row; modified
   * @return the number of rows with an image
   * @throws IllegalArgumentException if there is no such batch, or an array is too short
   */
  public int fill(int epoch, int batch, float[] images, float[] labels) {
    int values = set.shape().values();
    if (epoch < 0 || batch < 0 || batch >= batches) {
      throw new IllegalArgumentException(
          "BatchLoader: no batch " + batch + " in epoch " + epoch + "; an epoch has " + batches);
    }
    if (images.length < (long) batchSize * values || labels.length < batchSize) {
      throw new IllegalArgumentException(
          "BatchLoader: a batch takes "
              + (long) batchSize * values
              + " image values and "
              + batchSize
              + " labels, there is room for "
              + images.length
              + " and "
              + labels.length);
    }
    if (training && epoch != orderEpoch) {
      shuffle(epoch);
    }
    byte[] pixels = set.sharedPixels();
    int first = batch * batchSize;
    int rows = training ? batchSize : Math.min(batchSize, set.size() - first);
    for (int row = 0; row < rows; row++) {
      int index = order[(first + row) % order.length];
      transform.apply(pixels, set.offset(index), epoch, index, images, row * values);
      labels[row] = set.label(index);
    }
    for (int row = rows; row < batchSize; row++) {
      labels[row] = -1f;
    }
    Arrays.fill(images, rows * values, batchSize * values, 0f);
    return rows;
  }

  private void shuffle(int epoch) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    random.restart(RandomStream.key(orders, epoch));
    random.shuffle(order);
    orderEpoch = epoch;
  }
}
