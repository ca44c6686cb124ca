package dev.linnet.kernels.opencl;

import com.aparapi.Config;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import dev.linnet.core.exec.Device;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The OpenCL of this machine, as Aparapi sees it. Nothing here throws. */
final class OpenCl {
  private static final String GET_IT =
      "install your GPU's OpenCL driver, or PoCL for the CPU (Debian: pocl-opencl-icd)";

  private static final int REGIONS = 2048;
  private static final long FEWEST_BYTES = 1 << 20;
  private static final long MOST_BYTES = 1 << 25;

  /** Held, since a level that is set lives as long as its logger. */
  private static final Logger LOGGER = Logger.getLogger(Config.getLoggerName());

  private OpenCl() {}

  /** Why there is no device; null where there is one. */
  static String missing() {
    try {
      if (!regions()) {
        return "it needs the garbage collector G1, which does not move large arrays; run Java with"
            + " -XX:+UseG1GC";
      }
      LOGGER.setLevel(Level.OFF); // what goes wrong is said here
      if (!OpenCLLoader.isOpenCLAvailable()) {
        return "there is no OpenCL library (libOpenCL) that Aparapi can load; " + GET_IT;
      }
      return OpenCLDevice.listDevices(null).isEmpty()
          ? "OpenCL has no device here; " + GET_IT
          : null;
    } catch (RuntimeException | LinkageError e) {
      return "OpenCL cannot be used: " + e.getMessage() + "; " + GET_IT;
    }
  }

  /** Whether the garbage collector is G1. */
  private static boolean regions() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .anyMatch(collector -> collector.getName().startsWith("G1 "));
  }

  /**
   * The length of an array that fills more than half of a region of G1, and so is never moved but
   * to make room in a heap that is full. A region is at most the power of two above 1/2048 of the
   * heap, and 1 to 32 MB.
   */
  static int unmovedFloats() {
    long region = 2 * Long.highestOneBit(Runtime.getRuntime().maxMemory() / REGIONS);
    return (int) (Math.min(MOST_BYTES, Math.max(FEWEST_BYTES, region)) / Float.BYTES / 2 + 1);
  }

  /** All devices, GPUs first and the CPU last. Call {@link #missing} first. */
  static List<OpenCLDevice> devices() {
    return OpenCLDevice.listDevices(null).stream()
        .sorted(Comparator.comparingInt(device -> place(device)))
        .toList();
  }

  private static int place(OpenCLDevice device) {
    return switch (device.getType()) {
      case GPU -> 0;
      case ACC -> 1;
      default -> 2;
    };
  }

  /** What a user is told of a device. */
  static Device describe(OpenCLDevice device) {
    String[] version = device.getOpenCLPlatform().getVersion().split(" ");
    return new Device(
        device.getName() + " of " + device.getOpenCLPlatform().getVendor(),
        device.getGlobalMemSize(),
        kind(device) + ", OpenCL " + (version.length > 1 ? version[1] : "of an unknown version"));
  }

  private static String kind(OpenCLDevice device) {
    return switch (device.getType()) {
      case GPU -> "GPU";
      case CPU -> "CPU";
      default -> "accelerator";
    };
  }
}
