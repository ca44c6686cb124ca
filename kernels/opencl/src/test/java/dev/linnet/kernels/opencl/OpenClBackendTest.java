package dev.linnet.kernels.opencl;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;

/** What every backend must do, on whatever OpenCL there is. */
final class OpenClBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return OpenClTests.open();
  }
}
