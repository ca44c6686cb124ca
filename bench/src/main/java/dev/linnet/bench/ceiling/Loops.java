package dev.linnet.bench.ceiling;

/** The two loops that say what a core can do at most. */
interface Loops {
  /** Bits of a vector register as these loops use it; 32 for plain floats. */
  int bits();

  /** Multiply-accumulates of one round of {@link #multiplyAdd}. */
  int macsPerRound();

  /**
   * Multiply-adds that touch nothing but registers, twelve independent ones at a time, which hides
   * their latency and fits the registers of every CPU.
   *
   * @return their sum, so that nothing can be left out
   */
  float multiplyAdd(int rounds, float factor);

  /** {@code a[i] = b[i] + s · c[i]} over the whole arrays, whose length is a multiple of 64. */
  void triad(float[] a, float[] b, float[] c, float s);
}
