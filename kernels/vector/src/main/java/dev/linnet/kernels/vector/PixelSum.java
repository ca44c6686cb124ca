package dev.linnet.kernels.vector;

/** Sums over the pixels of a span, one for every channel, that are added to sums so far. */
enum PixelSum {
  /** {@code Σ a}. */
  VALUES(0),
  /** {@code Σ a · b}. */
  DOTS(1);

  /** The loops of one of them. */
  interface Loops {
    /** See {@link PixelSum#add}. */
    void run(float[] a, int ao, float[] b, int bo, int pixels, int stride, float[] sums, int so);
  }

  @SuppressWarnings("ImmutableEnumChecker") // copies of a template have no fields
  private final Loops loops;

  /** One of them; {@code product} is 1 where b has a part. */
  PixelSum(int product) {
    this.loops = Templates.copy(PixelSumTemplate.class, Loops.class, product);
  }

  /**
   * Adds the span's sums. All maps have the same channel stride, at least as many floats as a
   * vector; a span is a run of pixels without anything between them.
   *
   * @param a the first operand; the span starts at {@code ao}
   * @param b the second one; any array where there is none
   * @param pixels at least 1
   * @param sums one vector after the other from {@code so}, see {@link Channels#slot}; modified
   */
  void add(float[] a, int ao, float[] b, int bo, int pixels, int stride, float[] sums, int so) {
    loops.run(a, ao, b, bo, pixels, stride, sums, so);
  }
}
