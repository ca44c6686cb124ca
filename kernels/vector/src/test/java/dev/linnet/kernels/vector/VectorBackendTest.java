package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;

/** What every backend must do; first, see the order of its tests. */
@Order(1)
final class VectorBackendTest extends BackendContract {
  /** An {@link AutoCloseable} because the class may have no type that needs the module. */
  private AutoCloseable copies;

  /** All backends share their tiles, of which each takes C2 a while. */
  @Override
  protected Backend open(int threads) {
    VectorTests.assumeUsable();
    if (copies == null) {
      copies = new TileCopies(TileCopies.WORTH);
    }
    return VectorBackend.sharing((TileCopies) copies, threads);
  }

  @AfterAll
  final void closeCopies() throws Exception {
    if (copies != null) {
      copies.close();
    }
  }
}
