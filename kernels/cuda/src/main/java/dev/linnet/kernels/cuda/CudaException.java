package dev.linnet.kernels.cuda;

import java.io.Serial;

/** A call of the CUDA driver that failed. The message names the call, the error and its meaning. */
public final class CudaException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** An error of the driver. */
  CudaException(String message) {
    super(message);
  }
}
