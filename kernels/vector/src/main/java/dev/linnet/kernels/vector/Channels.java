package dev.linnet.kernels.vector;

import java.util.Arrays;

/**
 * Coefficients and sums of channels as {@link ChannelLoops} has them.
 *
 * @param channels the real ones
 * @param stride floats a pixel, at least those of a vector
 */
record Channels(int channels, int stride) {
  private static final int LANES = Width.LANES;

  /**
   * How many vectors of a pixel of {@code stride} floats are best gone through at a time: at most
   * 4.
   */
  static int vectors(int stride) {
    int count = (stride + LANES - 1) / LANES;
    if (count <= 4) {
      return count;
    }
    return (count + 3) / 4 * 4 <= (count + 2) / 3 * 3 ? 4 : 3;
  }

  /** Floats of one sum for every channel. */
  int sums() {
    return (stride + LANES - 1) / LANES * LANES;
  }

  /** Where the sum of a channel is: the last vector ends with the last float of a pixel. */
  int slot(int channel) {
    int last = (stride - 1) / LANES;
    int vector = channel / LANES;
    return vector < last ? channel : last * LANES + channel - (stride - LANES);
  }

  /** Adds up the sums of a channel over slices that lie {@code step} floats apart. */
  double total(float[] sums, int at, int step, int slices, int channel) {
    double total = 0;
    for (int s = 0, i = at + slot(channel); s < slices; s++, i += step) {
      total += sums[i];
    }
    return total;
  }

  /** Copies one coefficient a channel; those of pad channels become 0. */
  void spread(float[] from, int start, float[] k, int ko) {
    System.arraycopy(from, start, k, ko, channels);
    Arrays.fill(k, ko + channels, ko + stride, 0);
  }
}
