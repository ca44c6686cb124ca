package dev.linnet.kernels.opencl.device;

/**
 * Multiply-adds in registers, for the peak of a device: 16 sums that do not depend on each other, 8
 * steps each a round. An item writes the sum of its sums to {@code y + item}.
 */
public final class MultiplyAdds extends DeviceKernel {
  /** Multiply-adds of an item in a round. */
  public static final int A_ROUND = 16 * 8;

  private static final int STEPS = 8;

  int y;
  int rounds;
  float factor;
  float summand;

  @Override
  public void run() {
    int item = getGlobalId(0);
    int x = getLocalId(0);
    float s0 = x;
    float s1 = x + 1f;
    float s2 = x + 2f;
    float s3 = x + 3f;
    float s4 = x + 4f;
    float s5 = x + 5f;
    float s6 = x + 6f;
    float s7 = x + 7f;
    float s8 = x + 8f;
    float s9 = x + 9f;
    float s10 = x + 10f;
    float s11 = x + 11f;
    float s12 = x + 12f;
    float s13 = x + 13f;
    float s14 = x + 14f;
    float s15 = x + 15f;
    float a = factor;
    float b = summand;
    for (int round = 0; round < rounds; round++) {
      for (int step = 0; step < STEPS; step++) {
        s0 = fma(s0, a, b);
        s1 = fma(s1, a, b);
        s2 = fma(s2, a, b);
        s3 = fma(s3, a, b);
        s4 = fma(s4, a, b);
        s5 = fma(s5, a, b);
        s6 = fma(s6, a, b);
        s7 = fma(s7, a, b);
        s8 = fma(s8, a, b);
        s9 = fma(s9, a, b);
        s10 = fma(s10, a, b);
        s11 = fma(s11, a, b);
        s12 = fma(s12, a, b);
        s13 = fma(s13, a, b);
        s14 = fma(s14, a, b);
        s15 = fma(s15, a, b);
      }
    }
    mem[y + item] =
        s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11 + s12 + s13 + s14 + s15;
  }
}
