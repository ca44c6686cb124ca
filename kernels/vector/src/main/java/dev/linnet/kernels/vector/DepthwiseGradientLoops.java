package dev.linnet.kernels.vector;

/**
 * The gradient of some kernel rows of a depthwise convolution's weights, for one vector of channels
 * or two.
 */
interface DepthwiseGradientLoops {
  /** The most taps of a kernel row. */
  int MOST_TAPS = 7;

  /** The most kernel rows at a time. */
  int MOST_ROWS = 3;

  /**
   * Distances in floats.
   *
   * @param dyPixel from one pixel of dy to the next
   * @param dyNext from one row of dy to the next
   * @param xTap from one tap to the next
   * @param xRow from one row of taps to the next
   * @param xPixel from one pixel's window to the next one's
   * @param xNext from one row's windows to the next one's
   * @param columns pixels of a row, at least 1; not a distance
   */
  record Steps(int dyPixel, int dyNext, int xTap, int xRow, int xPixel, int xNext, int columns) {}

  /**
   * Adds {@code Σ dy · x} over rows of pixels to the sums, one vector a tap, kernel row after
   * kernel row; those of a second vector of channels follow.
   *
   * @param second from the first vector of channels to the second one; without meaning to loops
   *     that take one
   * @param rows of dy, at least 1
   * @param sums start at {@code so}; modified
   */
  void sum(
      Steps steps,
      int second,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int rows,
      float[] sums,
      int so);
}
