package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips tests of vector code where the incubator module is missing. */
final class VectorTests {
  private VectorTests() {}

  static boolean incubatorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  static void assumeUsable() {
    assumeTrue(incubatorModule(), "without the module jdk.incubator.vector");
  }
}
