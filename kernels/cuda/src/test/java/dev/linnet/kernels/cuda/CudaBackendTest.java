package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;
import dev.linnet.core.exec.Precision;
import org.junit.jupiter.api.Order;

/**
 * What every backend must do, on the stand-in driver; first, see the order of its tests. Where it
 * asks for the same bits from any number of threads, they are those of devices which run the
 * threads of a block in other orders.
 */
@Order(1)
final class CudaBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    StandIn.assumeLoaded();
    return new CudaBackend("cuda", "stand-in", threads % StandIn.DEVICES, Precision.FP32);
  }
}
