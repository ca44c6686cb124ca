package dev.linnet.bench.ceiling;

/** The loop in plain Java, for a JVM without the incubator module. */
final class ScalarLoops implements Loops {
  private static final int SUMS = 12;

  @Override
  public int bits() {
    return Float.SIZE;
  }

  @Override
  public int macsPerRound() {
    return SUMS;
  }

  @Override
  public float multiplyAdd(int rounds, float factor) {
    float x = factor;
    float y = 1 - factor;
    float s0 = y;
    float s1 = y + 1;
    float s2 = y + 2;
    float s3 = y + 3;
    float s4 = y + 4;
    float s5 = y + 5;
    float s6 = y + 6;
    float s7 = y + 7;
    float s8 = y + 8;
    float s9 = y + 9;
    float s10 = y + 10;
    float s11 = y + 11;
    for (int i = 0; i < rounds; i++) {
      s0 = Math.fma(s0, x, y);
      s1 = Math.fma(s1, x, y);
      s2 = Math.fma(s2, x, y);
      s3 = Math.fma(s3, x, y);
      s4 = Math.fma(s4, x, y);
      s5 = Math.fma(s5, x, y);
      s6 = Math.fma(s6, x, y);
      s7 = Math.fma(s7, x, y);
      s8 = Math.fma(s8, x, y);
      s9 = Math.fma(s9, x, y);
      s10 = Math.fma(s10, x, y);
      s11 = Math.fma(s11, x, y);
    }
    return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)) + (s8 + s9 + (s10 + s11));
  }
}
