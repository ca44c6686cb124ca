package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Device;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** The GPUs that the driver finds. */
final class Devices {
  private static final int NAME_BYTES = 256;

  /**
   * A GPU that the kernels run on.
   *
   * @param ordinal as the driver counts devices
   */
  record Found(Device device, int ordinal) {}

  private Devices() {}

  /**
   * Those that are new enough, in the driver's order: the fastest first.
   *
   * @throws CudaException if the driver fails
   * @throws LinkageError if there is no driver
   */
  static List<Found> all() {
    int started = JCudaDriver.cuInit(0);
    if (started == CUresult.CUDA_ERROR_NO_DEVICE) {
      return List.of();
    }
    Driver.check(started, "cuInit");
    int[] count = new int[1];
    Driver.check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
    List<Found> result = new ArrayList<>();
    for (int ordinal = 0; ordinal < count[0]; ordinal++) {
      CUdevice device = new CUdevice();
      Driver.check(JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet");
      int capability = Gpu.capability(device);
      if (capability >= Ptx.oldest()) {
        byte[] name = new byte[NAME_BYTES];
        Driver.check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
        String details = "compute capability " + capability / 10 + "." + capability % 10;
        result.add(new Found(new Device(text(name), Gpu.memory(device), details), ordinal));
      }
    }
    return List.copyOf(result);
  }

  private static String text(byte[] zeroTerminated) {
    int end = 0;
    while (end < zeroTerminated.length && zeroTerminated[end] != 0) {
      end++;
    }
    return new String(zeroTerminated, 0, end, StandardCharsets.UTF_8);
  }
}
