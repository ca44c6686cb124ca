package dev.linnet.kernels.vector;

/**
 * The gradient of one kernel row of a depthwise convolution's weights, for one vector of channels.
 */
interface DepthwiseGradientLoops {
  /** The most taps of a kernel row. */
  int MOST_TAPS = 7;

  /**
   * Adds {@code Σ dy · x} over the pixels of an image to the sums, one vector a tap.
   *
   * @param dyRow from one row of dy to the next
   * @param dyPixel from one pixel of dy to the next
   * @param xRow from one row's patches to the next one's
   * @param xPixel from one pixel's patch to the next one's
   * @param xTap from one tap to the next
   * @param rows of dy, at least 1
   * @param pixels of a row, at least 1
   */
  void sum(
      float[] dy,
      int dyo,
      int dyRow,
      int dyPixel,
      float[] x,
      int xo,
      int xRow,
      int xPixel,
      int xTap,
      int rows,
      int pixels,
      float[] sums,
      int so);
}
