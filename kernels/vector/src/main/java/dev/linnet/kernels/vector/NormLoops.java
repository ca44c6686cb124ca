package dev.linnet.kernels.vector;

/** Batch norm of the pixels of a span with what is fused behind it, or its gradient. */
interface NormLoops {
  /**
   * Maps a span. All maps but the result have the same channel stride, at least as many floats as a
   * vector; a span is a run of pixels without anything between them.
   *
   * @param x what is normalised
   * @param other the residual, or the gradient with respect to the result; any array where there is
   *     none
   * @param pixels at least 1
   * @param yStride floats from pixel to pixel of the result; the first {@code stride} are written
   * @param k coefficients, a value for every channel, kind after kind: centre, scale and shift of
   *     the norm, then for the gradient scale of dy, slope and shift of x
   */
  void run(
      float[] x,
      int xo,
      float[] other,
      int oo,
      float[] y,
      int yo,
      int pixels,
      int stride,
      int yStride,
      float[] k);
}
