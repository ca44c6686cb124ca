package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;

/** Skips tests where there is no OpenCL. */
final class OpenClTests {
  private OpenClTests() {}

  static void assumeUsable() {
    assumeTrue(OpenCl.missing() == null, () -> OpenCl.missing());
  }

  /** A backend on the device that auto would take if it took any. */
  static Backend open() {
    assumeUsable();
    return new OpenClBackendProvider().create(new BackendProvider.Options(1));
  }
}
