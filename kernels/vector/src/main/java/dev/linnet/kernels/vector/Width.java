package dev.linnet.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one width of vectors that all kernels use: the CPU's preferred one, at most 512 bits. Never
 * mix widths in one JVM: once the methods of {@link FloatVector} have been profiled with two of its
 * subclasses, C2 of JDK 17 boxes the vectors of loops that are compiled afterwards.
 */
final class Width {
  /** Floats of a vector: 4, 8 or 16. */
  static final int LANES = Math.min(16, FloatVector.SPECIES_PREFERRED.length());

  /** Its species. */
  static final VectorSpecies<Float> SPECIES =
      switch (LANES) {
        case 4 -> FloatVector.SPECIES_128;
        case 8 -> FloatVector.SPECIES_256;
        case 16 -> FloatVector.SPECIES_512;
        default -> throw new IllegalStateException("no vectors of " + LANES + " floats");
      };

  private Width() {}

  /** Bits of the JVM's preferred vector. */
  static int bits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  /** Such as {@code 512-bit (AVX-512)}. */
  static String description() {
    boolean arm = System.getProperty("os.arch").startsWith("aarch");
    String set =
        switch (LANES) {
          case 16 -> arm ? "SVE" : "AVX-512";
          case 8 -> arm ? "SVE" : "AVX2";
          default -> arm ? "NEON" : "SSE or AVX";
        };
    return LANES * 32 + "-bit (" + set + ")";
  }

  /** Whether vectors fit into pixels of {@code floats} floats. */
  static boolean fits(int floats) {
    return floats >= LANES;
  }
}
