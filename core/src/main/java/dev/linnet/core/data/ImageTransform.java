package dev.linnet.core.data;

import dev.linnet.core.tensor.RandomStream;

/**
 * Turns one uint8 image into normalised and augmented floats, without allocating.
 *
 * <p>Belongs to one thread. What it does to an image depends on the seed, the epoch and the image's
 * place in its set, and on nothing else.
 */
final class ImageTransform {

  private final ImageShape shape;
  private final Augmentation augmentation;
  private final float[] table; // [C, 256]
  private final long streams;
  private final RandomStream random = RandomStream.of(0);

  ImageTransform(
      ImageShape shape, Normalization normalization, Augmentation augmentation, long seed) {
    if (normalization.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "BatchLoader: normalization has "
              + normalization.channels()
              + " channels, images of "
              + shape
              + " have "
              + shape.channels());
    }
    int side = Math.min(shape.height(), shape.width());
    if (augmentation.crop() >= side || augmentation.cutout() >= 2 * side) {
      throw new IllegalArgumentException(
          "BatchLoader: "
              + augmentation
              + " does not fit images of "
              + shape
              + "; crop must be below "
              + side
              + ", cutout below "
              + 2 * side);
    }
    this.shape = shape;
    this.augmentation = augmentation;
    this.table = normalization.table();
    this.streams = RandomStream.key(seed, "augmentation");
  }

  /** Writes the image that begins at {@code pixels[from]} to {@code images[at]} and on. */
  void apply(byte[] pixels, int from, int epoch, int index, float[] images, int at) {
    if (augmentation.isNone()) {
      copy(pixels, from, 0, 0, false, images, at);
      return;
    }
    random.restart(RandomStream.key(RandomStream.key(streams, epoch), index));
    int crop = augmentation.crop();
    int down = crop == 0 ? 0 : random.nextInt(2 * crop + 1) - crop;
    int right = crop == 0 ? 0 : random.nextInt(2 * crop + 1) - crop;
    boolean flip = augmentation.flip() && random.nextBoolean();
    copy(pixels, from, down, right, flip, images, at);
    if (augmentation.cutout() > 0) {
      cutOut(images, at, random.nextInt(shape.height()), random.nextInt(shape.width()));
    }
  }

  /** The window whose corner lies {@code down} and {@code right} of the image's, maybe mirrored. */
  private void copy(
      byte[] pixels, int from, int down, int right, boolean flip, float[] images, int at) {
    int channels = shape.channels();
    int width = shape.width();
    int first = Math.max(0, -right); // columns of the window that lie in the image
    int last = Math.min(width, width - right);
    int step = flip ? -channels : channels;
    for (int y = 0; y < shape.height(); y++) {
      int row = at + y * width * channels;
      int sourceRow = y + down;
      if (sourceRow < 0 || sourceRow >= shape.height()) {
        pad(images, row, 0, width);
        continue;
      }
      int begin = flip ? width - last : first;
      int end = flip ? width - first : last;
      pad(images, row, 0, begin);
      pad(images, row, end, width);
      int source = from + (sourceRow * width + (flip ? last - 1 : first) + right) * channels;
      if (channels == 1) {
        copyGrey(pixels, source, step, images, row + begin, row + end);
      } else {
        copyPixels(pixels, source, step, images, row + begin * channels, row + end * channels);
      }
    }
  }

  private void copyGrey(byte[] pixels, int from, int step, float[] images, int at, int end) {
    float[] values = table;
    int source = from;
    for (int i = at; i < end; i++) {
      images[i] = values[pixels[source] & 0xFF];
      source += step;
    }
  }

  private void copyPixels(byte[] pixels, int from, int step, float[] images, int at, int end) {
    float[] values = table;
    int channels = shape.channels();
    int source = from;
    for (int i = at; i < end; i += channels) {
      for (int c = 0; c < channels; c++) {
        images[i + c] = values[c << 8 | pixels[source + c] & 0xFF];
      }
      source += step;
    }
  }

  /** Black, as it looks after normalisation, in columns [begin, end) of the row. */
  private void pad(float[] images, int row, int begin, int end) {
    int channels = shape.channels();
    for (int x = begin; x < end; x++) {
      for (int c = 0; c < channels; c++) {
        images[row + x * channels + c] = table[c << 8];
      }
    }
  }

  private void cutOut(float[] images, int at, int centreRow, int centreColumn) {
    int side = augmentation.cutout();
    int top = Math.max(0, centreRow - side / 2);
    int bottom = Math.min(shape.height(), centreRow - side / 2 + side);
    int left = Math.max(0, centreColumn - side / 2);
    int rightEnd = Math.min(shape.width(), centreColumn - side / 2 + side);
    int channels = shape.channels();
    for (int y = top; y < bottom; y++) {
      int row = at + y * shape.width() * channels;
      for (int i = row + left * channels; i < row + rightEnd * channels; i++) {
        images[i] = 0f;
      }
    }
  }
}
