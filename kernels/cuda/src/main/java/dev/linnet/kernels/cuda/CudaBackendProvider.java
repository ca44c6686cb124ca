package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Device;
import dev.linnet.core.exec.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Provides the CUDA backend. Loads and probes on any JVM: JCuda's classes, which need the NVIDIA
 * driver, are behind {@link Devices} and loaded when it is asked.
 */
public final class CudaBackendProvider implements BackendProvider {
  /** For the service loader. */
  public CudaBackendProvider() {}

  @Override
  public String name() {
    return "cuda";
  }

  /** By name only, until its speed has been measured on a GPU. */
  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Probe probe() {
    try {
      List<Devices.Found> found = Devices.all();
      return found.isEmpty()
          ? new Probe.Unusable(
              "the NVIDIA driver finds no GPU of compute capability "
                  + Ptx.oldest() / 10
                  + "."
                  + Ptx.oldest() % 10
                  + " or newer")
          : new Probe.Usable(found.get(0).device().name());
    } catch (LinkageError e) {
      return new Probe.Unusable(missing(messages(e)));
    } catch (CudaException e) {
      return new Probe.Unusable(e.getMessage());
    }
  }

  @Override
  public List<Device> devices() {
    return probe() instanceof Probe.Usable
        ? Devices.all().stream().map(Devices.Found::device).toList()
        : List.of();
  }

  @Override
  public Set<Precision> precisions(String device) {
    return probe() instanceof Probe.Usable
        ? Devices.chosen(name(), device).precisions()
        : BackendProvider.super.precisions(device);
  }

  @Override
  public Backend create(Options options) {
    if (probe() instanceof Probe.Unusable unusable) {
      throw new IllegalStateException("backend cuda is not usable: " + unusable.reason());
    }
    Devices.Found chosen = Devices.chosen(name(), options.device());
    return new CudaBackend(
        options.name(name()), chosen.device().name(), chosen.ordinal(), options.precision());
  }

  /**
   * What is missing where JCuda cannot be loaded, and what mends it.
   *
   * @param messages of the loading error and all of its causes
   */
  static String missing(String messages) {
    if (messages.contains("libcuda") || messages.contains("nvcuda")) {
      return "the NVIDIA driver is missing (no libcuda.so.1): install it from your distribution"
          + " or nvidia.com";
    }
    String platform =
        System.getProperty("os.name").toLowerCase(Locale.ROOT)
            + " on "
            + System.getProperty("os.arch");
    return "JCuda's libraries for "
        + platform
        + " are missing: add the jar of org.jcuda:jcuda-natives to the class path";
  }

  private static String messages(Throwable e) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      messages.add(String.valueOf(cause.getMessage()));
    }
    return String.join("; ", messages);
  }
}
