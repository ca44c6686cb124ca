package dev.linnet.kernels.vector;

/** One elementwise function of one or two operands over a run of floats. */
interface PointwiseLoops {
  /**
   * Over {@code count} floats.
   *
   * @param a the first operand
   * @param b the second one; the first again for functions of one operand
   * @param y receives the result; may be one of the two at the same position
   */
  void run(float[] a, int ao, float[] b, int bo, float[] y, int yo, int count);
}
