package dev.linnet.core.data;

/**
 * What training does to images at random, each image and epoch anew.
 *
 * <p>The order is: pad and crop, flip, cut out. Cutout follows DeVries and Taylor, <i>Improved
 * regularization of convolutional neural networks with cutout</i>, 2017: the square's centre lies
 * anywhere in the image, so the square may stick out.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param crop how many pixels of black (value 0) are added on each side before a window of the
 *     original size is cut out, 0 for none
 * @param cutout the side of the square that is set to the mean (0 after normalisation), 0 for none
 */
public record Augmentation(boolean flip, int crop, int cutout) {

  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0, 0);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Augmentation {
    if (crop < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "Augmentation: crop and cutout must not be negative, but are " + crop + " and " + cutout);
    }
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return !flip && crop == 0 && cutout == 0;
  }
}
