package dev.linnet.core.exec;

/**
 * The parts that a batch is run in, all of one size. The last one starts earlier, and computes some
 * images again, where the size does not divide the batch.
 *
 * @param images of the batch
 * @param size images of a part
 */
record MicroBatches(int images, int size) {
  /**
   * Parts of at most {@code most} images and more than three quarters of that: those which compute
   * the fewest images, and of these the largest.
   */
  static MicroBatches of(int images, int most) {
    int largest = Math.min(images, most);
    MicroBatches best = new MicroBatches(images, largest);
    for (int size = largest - 1; size > largest * 3L / 4; size--) {
      MicroBatches other = new MicroBatches(images, size);
      best = other.computed() < best.computed() ? other : best;
    }
    return best;
  }

  /** How many parts there are. */
  int count() {
    return (images + size - 1) / size;
  }

  /** The first image of a part. */
  int first(int part) {
    return Math.min(part * size, images - size);
  }

  private long computed() {
    return (long) count() * size;
  }
}
