package dev.linnet.core.data;

import java.util.Arrays;

/**
 * Mean and standard deviation of each channel: {@code (pixel / 255 - mean) / std}.
 *
 * @param mean per channel, of pixel / 255
 * @param std per channel, of pixel / 255; positive
 */
public record Normalization(float[] mean, float[] std) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException if the lengths differ or are 0, a mean is not finite, or a
   *     deviation is not positive and finite
   */
  public Normalization {
    if (mean.length != std.length || mean.length == 0) {
      throw new IllegalArgumentException(
          "Normalization: "
              + mean.length
              + " means and "
              + std.length
              + " deviations; one of each per channel is needed");
    }
    mean = mean.clone();
    std = std.clone();
    for (int c = 0; c < mean.length; c++) {
      if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || !(std[c] > 0)) {
        throw new IllegalArgumentException(
            "Normalization: channel "
                + c
                + " has mean "
                + mean[c]
                + " and deviation "
                + std[c]
                + "; both must be finite and the deviation positive");
      }
    }
  }

  /**
   * The values of {@code train}, exact to the last bit on every JVM. A channel that never changes
   * gets deviation 1.
   *
   * @throws IllegalArgumentException if {@code train} is empty
   */
  public static Normalization of(ImageSet train) {
    int channels = train.shape().channels();
    int perImage = train.shape().values();
    if (train.size() == 0) {
      throw new IllegalArgumentException("Normalization: " + train.name() + " has no images");
    }
    long[] sum = new long[channels];
    long[] squares = new long[channels];
    byte[] pixels = train.sharedPixels();
    for (int i = 0; i < train.size(); i++) {
      int at = train.offset(i);
      for (int p = 0; p < perImage; p += channels) {
        for (int c = 0; c < channels; c++) {
          int value = pixels[at + p + c] & 0xFF;
          sum[c] += value;
          squares[c] += (long) value * value;
        }
      }
    }
    double count = (double) train.size() * train.shape().height() * train.shape().width();
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      double average = sum[c] / count;
      double variance = squares[c] / count - average * average;
      mean[c] = (float) (average / 255);
      std[c] = variance > 1e-9 ? (float) (Math.sqrt(variance) / 255) : 1f;
    }
    return new Normalization(mean, std);
  }

  /** The number of channels. */
  public int channels() {
    return mean.length;
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
   * Normalises whole images.
   *
   * @param pixels uint8 {@code [N, H, W, C]}; not modified
   * @param images receives as many floats, {@code [N, H, W, C]}; modified
   * @throws IllegalArgumentException if {@code pixels} does not divide into whole pixels or {@code
   *     images} is shorter
   */
  public void apply(byte[] pixels, float[] images) {
    int channels = mean.length;
    if (pixels.length % channels != 0 || images.length < pixels.length) {
      throw new IllegalArgumentException(
          "Normalization: "
              + pixels.length
              + " values of "
              + channels
              + " channels do not fit into "
              + images.length
              + " floats");
    }
    float[] table = table();
    for (int p = 0; p < pixels.length; p += channels) {
      for (int c = 0; c < channels; c++) {
        images[p + c] = table[c << 8 | pixels[p + c] & 0xFF];
      }
    }
  }

  /** What each pixel value becomes, {@code [C, 256]}. */
  float[] table() {
    float[] table = new float[mean.length << 8];
    for (int c = 0; c < mean.length; c++) {
      for (int value = 0; value < 256; value++) {
        table[c << 8 | value] = (value / 255f - mean[c]) / std[c];
      }
    }
    return table;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
  }
}
