package dev.linnet.kernels.opencl;

import com.aparapi.device.OpenCLDevice;
import dev.linnet.bench.gpu.Ceilings;
import dev.linnet.bench.gpu.Clock;
import dev.linnet.bench.gpu.MeasuredDevice;
import dev.linnet.bench.gpu.WallClock;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Device;
import dev.linnet.core.exec.Precision;
import java.util.List;
import java.util.Locale;

/** A device of OpenCL. */
public final class OpenClDevice implements MeasuredDevice {
  private static final double GIBI = 1L << 30;
  private static final int ITEMS = 2048; // of a compute unit: as many as the largest hold
  private static final int WAVES = 4;
  private static final int ROUNDS = 512;
  private static final long MOST_BYTES = 1L << 28;
  private static final int ITEMS_OF_A_CPU = 64;
  private static final long MOST_BYTES_OF_A_CPU = 1L << 26;

  private final BackendProvider.Options options;
  private final OpenCLDevice device;
  private final OpenClBackend backend;
  private final Clock clock;
  private final Clock networkClock;
  private final OpenClCeilings ceilings;

  /**
   * Opens a device.
   *
   * @throws IllegalArgumentException if it is not there
   * @throws IllegalStateException if there is no OpenCL
   */
  public OpenClDevice(BackendProvider.Options options) {
    this.options = options;
    this.backend = open();
    List<OpenCLDevice> all = OpenCl.devices();
    List<Device> devices = all.stream().map(OpenCl::describe).toList();
    this.device = all.get(Device.choose("opencl", devices, options.device()));
    this.clock = new OpenClProfile(backend.device());
    this.networkClock = new WallClock(backend);
    boolean gpu = kind() == Kind.GPU;
    this.ceilings =
        new OpenClCeilings(
            device,
            device.getMaxComputeUnits() * (gpu ? ITEMS * WAVES : ITEMS_OF_A_CPU),
            ROUNDS,
            gpu ? MOST_BYTES : MOST_BYTES_OF_A_CPU);
  }

  private OpenClBackend open() {
    return (OpenClBackend) new OpenClBackendProvider().create(options);
  }

  @Override
  public String name() {
    return options.name("opencl");
  }

  @Override
  public List<String> facts() {
    Device described = OpenCl.describe(device);
    return List.of(
        described.name(),
        String.format(
            Locale.ROOT,
            "%.1f GiB, %s, %d compute units",
            described.bytes() / GIBI,
            described.details(),
            device.getMaxComputeUnits()),
        "driver " + device.getOpenCLPlatform().getVersion(),
        "backend " + backend.description());
  }

  @Override
  public Kind kind() {
    return device.getType() == com.aparapi.device.Device.TYPE.GPU ? Kind.GPU : Kind.CPU;
  }

  @Override
  public Precision precision() {
    return options.precision();
  }

  @Override
  public int torchDevice() {
    return 0;
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public Backend another() {
    return open();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Clock networkClock() {
    return networkClock;
  }

  @Override
  public Ceilings ceilings() {
    return ceilings;
  }

  @Override
  public void close() {
    try (backend) {
      ceilings.close();
    }
  }
}
