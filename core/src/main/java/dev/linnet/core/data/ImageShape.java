package dev.linnet.core.data;

/**
 * The size of one image, in pixels and channels.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 * @param channels values per pixel: 1 for grey, 3 for RGB, any other number is allowed
 */
public record ImageShape(int height, int width, int channels) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a number is not positive or one image takes 2 GiB or more
   */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "ImageShape: height, width and channels must be positive, not "
              + height
              + "×"
              + width
              + "×"
              + channels);
    }
    if ((double) height * width * channels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "ImageShape: an image of "
              + height
              + "×"
              + width
              + "×"
              + channels
              + " takes 2 GiB or more");
    }
  }

  /** Values in one image: height · width · channels. */
  public int values() {
    return height * width * channels;
  }

  /** For people: {@code 28×28×1}, that is height × width × channels. */
  @Override
  public String toString() {
    return height + "×" + width + "×" + channels;
  }
}
