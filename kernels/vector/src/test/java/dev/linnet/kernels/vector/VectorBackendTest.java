package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;
import org.junit.jupiter.api.Order;

/** What every backend must do; first, see the order of its tests. */
@Order(1)
final class VectorBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    VectorTests.assumeUsable();
    return new VectorBackend(threads, new TileCopies(TileCopies.WORTH));
  }
}
