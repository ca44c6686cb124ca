package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendContract;
import dev.linnet.core.exec.Precision;
import org.junit.jupiter.api.Order;

/**
 * The contract with tensor cores, as {@link CudaBackendTest} without them: the devices are those
 * that have some.
 */
@Order(2)
final class CudaTf32BackendTest extends BackendContract {
  private static final int[] DEVICES = {0, 2};

  @Override
  protected Backend open(int threads) {
    StandIn.assumeLoaded();
    return new CudaBackend("cuda/tf32", "stand-in", DEVICES[threads % 2], precision());
  }

  @Override
  protected Precision precision() {
    return Precision.TF32;
  }
}
