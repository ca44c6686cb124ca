package dev.linnet.kernels.opencl;

import dev.linnet.bench.gpu.Clock;

/**
 * The device's own clock: OpenCL's profiling events, from the start to the end of each kernel. It
 * is in the package of the backend, which shows its memory to nobody else; it works on a class
 * path.
 */
final class OpenClProfile implements Clock {
  private static final double NANO = 1e-9;

  private final DeviceMemory memory;

  OpenClProfile(DeviceMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "OpenCL's profiling events: from start to end of each kernel, without what lies between";
  }

  @Override
  public double seconds(Runnable launches) {
    memory.startTiming();
    long nanos;
    try {
      launches.run(); // every launch waits for the device
    } finally {
      nanos = memory.stopTiming();
    }
    return NANO * nanos;
  }
}
