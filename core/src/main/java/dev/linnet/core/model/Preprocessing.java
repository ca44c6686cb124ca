package dev.linnet.core.model;

import java.util.Arrays;

/**
 * From pixels to the network's input: {@code (pixel / 255 − mean[c]) / std[c]} for images of one
 * size.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels values a pixel: 1 for grey, 3 for RGB
 * @param mean per channel, of pixel / 255
 * @param std standard deviation per channel, of pixel / 255; positive
 */
public record Preprocessing(int height, int width, int channels, float[] mean, float[] std) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException if an extent is below 1, there is not one mean and one
   *     deviation a channel, a mean is not finite, or a deviation is not positive and finite
   */
  public Preprocessing {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "preprocessing: images of "
              + size(height, width, channels)
              + "; each must be at least 1");
    }
    if (mean.length != channels || std.length != channels) {
      throw new IllegalArgumentException(
          "preprocessing: "
              + mean.length
              + " means and "
              + std.length
              + " deviations for "
              + channels
              + " channels; one of each per channel is needed");
    }
    mean = mean.clone();
    std = std.clone();
    for (int c = 0; c < channels; c++) {
      if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || !(std[c] > 0)) {
        throw new IllegalArgumentException(
            "preprocessing: channel "
                + c
                + " has mean "
                + mean[c]
                + " and deviation "
                + std[c]
                + "; both must be finite and the deviation positive");
      }
    }
  }

  /** A copy of the means, {@code [C]}. */
  @Override
  public float[] mean() {
    return mean.clone();
  }

  /** A copy of the deviations, {@code [C]}. */
  @Override
  public float[] std() {
    return std.clone();
  }

  /**
   * Normalises one image, in the same arithmetic as training does.
   *
   * @param pixels uint8 {@code [H, W, C]}
   * @param image receives {@code [1, H, W, C]}; modified
   */
  void apply(byte[] pixels, float[] image) {
    for (int i = 0; i < pixels.length; i++) {
      int c = i % channels;
      image[i] = ((pixels[i] & 0xFF) / 255f - mean[c]) / std[c];
    }
  }

  /** For people: {@code 28×28×1}, that is height × width × channels. */
  String size() {
    return size(height, width, channels);
  }

  static String size(int height, int width, int channels) {
    return height + "×" + width + "×" + channels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Preprocessing that
        && size().equals(that.size())
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return size() + ", mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
  }
}
