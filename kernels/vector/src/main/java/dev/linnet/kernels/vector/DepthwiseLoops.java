package dev.linnet.kernels.vector;

/** A row of pixels of a depthwise convolution with one number of taps, several pixels at a time. */
interface DepthwiseLoops {
  /** The most taps of a kernel row. */
  int MOST_TAPS = 7;

  /** The most pixels at a time. */
  int MOST_PIXELS = 8;

  /**
   * Convolves a row. Arrays of feature maps have one channel stride, at least as many floats as a
   * vector. Steps count floats.
   *
   * @param xPixel from one pixel's window to the next one's
   * @param xRow from one row of taps to the next
   * @param xColumn from one tap to the next
   * @param rows of taps, at least 1
   * @param w one weight a channel for every tap, {@code [rows][taps][stride]}
   * @param yPixel from one result to the next
   * @param pixels at least as many as are done at a time
   */
  void row(
      float[] x,
      int xo,
      int xPixel,
      int xRow,
      int xColumn,
      int rows,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int pixels,
      int stride);
}
