package dev.linnet.bench.ceiling;

/** The loop that says how many multiply-adds a core can do at most. */
interface Loops {
  /** Bits of a vector register as the loop uses it; 32 for plain floats. */
  int bits();

  /** Multiply-accumulates of one round of {@link #multiplyAdd}. */
  int macsPerRound();

  /**
   * Multiply-adds that touch nothing but registers, twelve independent ones at a time, which hides
   * their latency and fits the registers of every CPU.
   *
   * @param rounds an even number
   * @return their sum, so that nothing can be left out
   */
  float multiplyAdd(int rounds, float factor);
}
