package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Device;
import dev.linnet.core.exec.Precision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** The GPUs that the driver finds. */
final class Devices {
  private static final int NAME_BYTES = 256;
  private static final int TENSOR_CORES = 80; // that multiply tf32

  /**
   * A GPU that the kernels run on.
   *
   * @param ordinal as the driver counts devices
   * @param capability its compute capability, 86 for 8.6
   */
  record Found(Device device, int ordinal, int capability) {
    /** Those that its multiplying units have. */
    Set<Precision> precisions() {
      return capability >= TENSOR_CORES
          ? Set.of(Precision.FP32, Precision.TF32)
          : Set.of(Precision.FP32);
    }
  }

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
        result.add(
            new Found(new Device(text(name), Gpu.memory(device), details), ordinal, capability));
      }
    }
    return List.copyOf(result);
  }

  /**
   * The one that a text chooses, as {@link Device#choose} reads it.
   *
   * @throws IllegalArgumentException if it chooses none, or several
   */
  static Found chosen(String backend, String choice) {
    List<Found> found = all();
    return found.get(Device.choose(backend, found.stream().map(Found::device).toList(), choice));
  }

  private static String text(byte[] zeroTerminated) {
    int end = 0;
    while (end < zeroTerminated.length && zeroTerminated[end] != 0) {
      end++;
    }
    return new String(zeroTerminated, 0, end, StandardCharsets.UTF_8);
  }
}
