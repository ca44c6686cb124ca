package dev.linnet.kernels.opencl;

import com.aparapi.device.OpenCLDevice;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Device;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Provides the OpenCL backend. Its rank says that it is taken by name only: a device may be the CPU
 * in disguise, for which the vector backend has faster kernels.
 */
public final class OpenClBackendProvider implements BackendProvider {
  private static final String NAME = "opencl";

  /** For the service loader. */
  public OpenClBackendProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Probe probe() {
    String missing = missing();
    return missing == null
        ? new Probe.Usable(
            devices().stream()
                .map(Device::name)
                .collect(Collectors.joining(", ", "Aparapi on ", "")))
        : new Probe.Unusable(missing);
  }

  @Override
  public List<Device> devices() {
    return missing() == null ? OpenCl.devices().stream().map(OpenCl::describe).toList() : List.of();
  }

  @Override
  public Backend create(Options options) {
    String missing = missing();
    if (missing != null) {
      throw new IllegalStateException("backend opencl is not usable: " + missing);
    }
    List<OpenCLDevice> devices = OpenCl.devices();
    int place =
        Device.choose(NAME, devices.stream().map(OpenCl::describe).toList(), options.device());
    return new OpenClBackend(options.name(NAME), devices.get(place));
  }

  private static String missing() {
    try {
      return OpenCl.missing();
    } catch (NoClassDefFoundError e) {
      return "the library Aparapi is not there; put aparapi, aparapi-jni and bcel beside it";
    }
  }
}
