package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;

/** What every backend must do. */
final class VectorBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    VectorTests.assumeUsable();
    return new VectorBackend(threads, new TileCopies(TileCopies.WORTH));
  }
}
