package dev.linnet.kernels.vector;

/**
 * Some rows of a depthwise convolution for one vector of channels or two, with a few rows of its
 * kernel.
 */
interface DepthwiseLoops {
  /** The most taps of a kernel row. */
  int MOST_TAPS = 7;

  /** The most kernel rows at a time. */
  int MOST_ROWS = 3;

  /**
   * Distances in floats.
   *
   * @param xTap from one tap to the next
   * @param xRow from one row of taps to the next
   * @param xPixel from one pixel's window to the next one's
   * @param xNext from one row's windows to the next one's
   * @param wTap from one tap's weights to the next one's
   * @param startPixel from one pixel's start of its sums to the next one's
   * @param startNext from one row's starts to the next one's
   * @param yPixel from one result to the next
   * @param yNext from one row of results to the next
   * @param columns pixels of a row, at least 1; not a distance
   */
  record Steps(
      int xTap,
      int xRow,
      int xPixel,
      int xNext,
      int wTap,
      int startPixel,
      int startNext,
      int yPixel,
      int yNext,
      int columns) {}

  /**
   * Convolves.
   *
   * @param second from the first vector of channels to the second one; without meaning to loops
   *     that take one
   * @param w the weights of the kernel rows, tap by tap
   * @param start what the sums start with; may be y
   * @param rows of pixels, at least 1
   */
  void run(
      Steps steps,
      int second,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] start,
      int so,
      float[] y,
      int yo,
      int rows);
}
