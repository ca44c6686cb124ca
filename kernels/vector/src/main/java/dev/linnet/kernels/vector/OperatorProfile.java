package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shows HotSpot all operators of the kernels before it compiles any of them. They share the methods
 * of the vector classes that look an operator up. Compiled while only few operators had been there,
 * these methods expect no others, and fall back to the interpreter when one comes. C2 adds such
 * falls up over all methods that it inlines, up to six for every operator of a kernel; beyond 100
 * (the option PerMethodTrapLimit) it expects nothing any more, leaves virtual calls behind and
 * vectors in boxes. A kernel then takes a third longer or several times as long, in some JVMs and
 * not in others.
 */
final class OperatorProfile {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** Calls after which HotSpot's first compiler counts what it sees in every one of the methods. */
  private static final int CALLS = 3_000;

  private OperatorProfile() {}

  /** Once in a JVM; returns at once when it has been done. */
  static void show() {
    Once.done();
  }

  private static final class Once {
    static {
      float[] memory = new float[4 * LANES];
      for (int i = 0; i < CALLS; i++) {
        all(memory);
      }
    }

    static void done() {}
  }

  /** Every operator once, those of floats and of integers in turn. */
  private static void all(float[] memory) {
    FloatVector a = FloatVector.fromArray(S, memory, 0);
    FloatVector b = FloatVector.fromArray(S, memory, LANES);
    FloatVector c = FloatVector.broadcast(S, 0.5f);
    FloatVector sum = a.add(b).sub(c).mul(b);
    FloatVector quotient = sum.neg().max(-1).min(1).div(c);
    FloatVector product = a.fma(b, c).add(1).mul(0.5f).sub(0.25f);
    VectorMask<Float> mask = a.compare(VectorOperators.GT, 0);
    mask = mask.and(b.compare(VectorOperators.LT, 6)).and(c.compare(VectorOperators.GE, 0));
    mask = mask.and(sum.compare(VectorOperators.EQ, FloatVector.zero(S)));
    IntVector bits = quotient.reinterpretAsInts();
    bits = bits.and(Integer.MAX_VALUE).add(1).max(0).min(7);
    bits = bits.or(bits.lanewise(VectorOperators.ASHR, 31));
    bits = bits.lanewise(VectorOperators.LSHL, 3).add(bits);
    bits.reinterpretAsFloats().intoArray(memory, 2 * LANES);
    product.blend(sum, mask).intoArray(memory, 3 * LANES);
  }
}
