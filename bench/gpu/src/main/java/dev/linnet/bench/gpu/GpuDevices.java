package dev.linnet.bench.gpu;

import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Device;
import dev.linnet.core.exec.Precision;
import dev.linnet.kernels.cuda.CudaDevice;
import dev.linnet.kernels.opencl.OpenClDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The devices that the GPU backends find. */
final class GpuDevices {
  private static final String CUDA = "cuda";
  private static final String OPENCL = "opencl";
  private static final String GPU = "GPU"; // how the details of an OpenCL device begin

  private GpuDevices() {}

  /**
   * Takes the CUDA driver from a folder instead of from where the system has it.
   *
   * @throws IllegalArgumentException if there is none
   */
  static void loadDriver(Path folder) {
    Path library = folder.resolve("libcuda.so.1").toAbsolutePath();
    if (!Files.isRegularFile(library)) {
      throw new IllegalArgumentException("--driver: there is no " + library);
    }
    System.load(library.toString()); // what JCuda links to is taken by its name
  }

  /**
   * The backends that have a GPU, each with its first one.
   *
   * @param log receives one line for each that has none: why
   */
  static List<String> found(Consumer<String> log) {
    List<String> names = new ArrayList<>();
    for (BackendProvider provider : Backends.providers()) {
      if (provider.name().equals(CUDA) || provider.name().equals(OPENCL)) {
        List<Device> devices = provider.devices();
        if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
          log.accept(provider.name() + ": " + unusable.reason());
        } else if (provider.name().equals(OPENCL) && !devices.get(0).details().startsWith(GPU)) {
          log.accept("opencl: " + devices.get(0).name() + " is no GPU");
        } else {
          names.add(provider.name());
        }
      }
    }
    return names;
  }

  /**
   * Opens a device.
   *
   * @param name {@code cuda} or {@code opencl}, with a device behind a colon if one is chosen
   * @throws IllegalArgumentException if there is no such backend or device, it is not usable, or it
   *     has no such precision
   */
  static MeasuredDevice open(String name, Precision precision) {
    int colon = name.indexOf(':');
    String provider = colon < 0 ? name : name.substring(0, colon);
    if (!provider.equals(CUDA) && !provider.equals(OPENCL)) {
      throw new IllegalArgumentException("--backend takes cuda and opencl, got " + name);
    }
    Backends.check(precision == Precision.FP32 ? name : name + "/" + precision);
    BackendProvider.Options options =
        new BackendProvider.Options(1, colon < 0 ? "" : name.substring(colon + 1), precision);
    return provider.equals(CUDA) ? new CudaDevice(options) : new OpenClDevice(options);
  }
}
