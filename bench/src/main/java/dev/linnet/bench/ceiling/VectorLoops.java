package dev.linnet.bench.ceiling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop with the widest vectors that this JVM has. Needs the incubator module. Two rounds are
 * written out, which makes the method longer than what HotSpot inlines of a hot one (325 bytes):
 * else it is compiled anew as part of each of its callers, and with 256 bits some of these spill
 * the sums, at less than half the speed.
 */
final class VectorLoops implements Loops {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int SUMS = 12;

  @Override
  public int bits() {
    return S.vectorBitSize();
  }

  @Override
  public int macsPerRound() {
    return SUMS * S.length();
  }

  @Override
  public float multiplyAdd(int rounds, float factor) {
    FloatVector x = FloatVector.broadcast(S, factor);
    FloatVector y = FloatVector.broadcast(S, 1 - factor);
    FloatVector s0 = y;
    FloatVector s1 = y.add(1);
    FloatVector s2 = y.add(2);
    FloatVector s3 = y.add(3);
    FloatVector s4 = y.add(4);
    FloatVector s5 = y.add(5);
    FloatVector s6 = y.add(6);
    FloatVector s7 = y.add(7);
    FloatVector s8 = y.add(8);
    FloatVector s9 = y.add(9);
    FloatVector s10 = y.add(10);
    FloatVector s11 = y.add(11);
    for (int i = 0; i < rounds; i += 2) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
    }
    s0 = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    return s0.add(s8.add(s9).add(s10.add(s11))).reduceLanes(VectorOperators.ADD);
  }
}
