package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Checks that a repetition of the tests runs where the build says that it does. */
final class TestedJavaTest {
  private static final String BITS = System.getProperty("linnet.tests.vector-bits", "");
  private static final String VERSION = System.getProperty("linnet.tests.java-version", "");

  private static boolean incubatorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @Test
  void theIncubatorModuleIsThereUnlessTheBuildLeftItOut() {
    assertEquals(!BITS.equals("0"), incubatorModule());
  }

  @Test
  void vectorsAreNoWiderThanTheBuildAskedFor() {
    assumeTrue(incubatorModule() && !BITS.isEmpty());
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    assertTrue(bits <= Integer.parseInt(BITS), () -> bits + " bits, the build asked for " + BITS);
  }

  @Test
  void theJavaIsTheOneThatTheBuildFound() {
    assumeTrue(!VERSION.isEmpty());
    assertEquals(VERSION, System.getProperty("java.version"));
  }
}
