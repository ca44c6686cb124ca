package dev.linnet.kernels.cuda;

import static jcuda.driver.CUresult.CUDA_ERROR_OUT_OF_MEMORY;
import static jcuda.driver.CUresult.CUDA_SUCCESS;

import dev.linnet.core.exec.DeviceMemoryException;
import jcuda.driver.JCudaDriver;

/** Checks what the CUDA driver returns. */
final class Driver {
  private Driver() {}

  /**
   * Passes success.
   *
   * @param result what {@code call} returned
   * @throws DeviceMemoryException if the device's memory is exhausted
   * @throws CudaException for every other error
   */
  static void check(int result, String call) {
    if (result == CUDA_SUCCESS) {
      return;
    }
    String message = "CUDA: " + call + " failed with " + describe(result);
    if (result == CUDA_ERROR_OUT_OF_MEMORY) {
      throw new DeviceMemoryException(message);
    }
    throw new CudaException(message);
  }

  /** The driver's name of an error, and what it says about it. */
  static String describe(int result) {
    String[] name = new String[1];
    String[] text = new String[1];
    JCudaDriver.cuGetErrorName(result, name);
    JCudaDriver.cuGetErrorString(result, text);
    return name[0] + " (" + result + "): " + text[0];
  }
}
