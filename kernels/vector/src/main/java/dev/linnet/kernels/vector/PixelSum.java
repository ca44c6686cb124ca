package dev.linnet.kernels.vector;

/** Sums over the pixels of a span, one for every channel, that are added to sums so far. */
enum PixelSum {
  /** {@code Σ a}. */
  VALUES(0, 0, 0),
  /** {@code Σ (a − k)}. */
  DIFFERENCES(0, 1, 0),
  /** {@code Σ (a − k)²}. */
  SQUARES(0, 1, 1),
  /** {@code Σ a · b}. */
  DOTS(1, 0, 1),
  /** {@code Σ a · (b − k)}. */
  CENTRED_DOTS(1, 1, 1);

  /** The loops of one of them. */
  interface Loops {
    /** See {@link PixelSum#add}. */
    void run(
        float[] a,
        int ao,
        float[] b,
        int bo,
        int pixels,
        int stride,
        float[] k,
        int ko,
        float[] sums,
        int so);
  }

  @SuppressWarnings("ImmutableEnumChecker") // copies of a template have no fields
  private final Loops loops;

  /**
   * One of them.
   *
   * @param two 1 where b has a part
   * @param centred 1 where k is taken from b, or from a where there is no b
   * @param product 1 for a · b, or a² where there is no b
   */
  PixelSum(int two, int centred, int product) {
    this.loops = Templates.copy(PixelSumTemplate.class, Loops.class, two, centred, product);
  }

  /**
   * Adds the span's sums. All maps have the same channel stride, at least as many floats as a
   * vector; a span is a run of pixels without anything between them.
   *
   * @param a the first operand; the span starts at {@code ao}
   * @param b the second one; any array where there is none
   * @param pixels at least 1
   * @param k a value for every channel; any array where there is none
   * @param sums one vector after the other from {@code so}, see {@link Channels#slot}; modified
   */
  void add(
      float[] a,
      int ao,
      float[] b,
      int bo,
      int pixels,
      int stride,
      float[] k,
      int ko,
      float[] sums,
      int so) {
    loops.run(a, ao, b, bo, pixels, stride, k, ko, sums, so);
  }
}
