package dev.linnet.kernels.cuda;

import dev.linnet.bench.gpu.Ceilings;
import dev.linnet.bench.gpu.Clock;
import dev.linnet.bench.gpu.MeasuredDevice;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jcuda.driver.JCudaDriver;

/** A device of the CUDA driver, or of the stand-in for it. */
public final class CudaDevice implements MeasuredDevice {
  private static final String STAND_IN = "Stand-in ";
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final double GIBI = 1L << 30;
  private static final int ROUNDS = 256;
  private static final int ROUNDS_OF_THE_STAND_IN = 1;
  private static final long MOST_BYTES = 1L << 29;
  private static final long MOST_BYTES_OF_THE_STAND_IN = 1L << 20;

  private final BackendProvider.Options options;
  private final Devices.Found found;
  private final CudaBackend backend;
  private final CudaEvents clock;
  private final CudaCeilings ceilings;

  /**
   * Opens a device.
   *
   * @throws IllegalArgumentException if it is not there
   * @throws IllegalStateException if there is no driver
   */
  public CudaDevice(BackendProvider.Options options) {
    this.options = options;
    this.backend = open();
    this.found = Devices.chosen("cuda", options.device());
    this.clock = new CudaEvents(backend.gpu());
    boolean standIn = kind() == Kind.STAND_IN;
    this.ceilings =
        new CudaCeilings(
            found.ordinal(),
            options.precision(),
            standIn ? ROUNDS_OF_THE_STAND_IN : ROUNDS,
            standIn ? MOST_BYTES_OF_THE_STAND_IN : MOST_BYTES);
  }

  private CudaBackend open() {
    return (CudaBackend) new CudaBackendProvider().create(options);
  }

  @Override
  public String name() {
    return options.name("cuda");
  }

  @Override
  public List<String> facts() {
    int[] version = new int[1];
    Driver.check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    List<String> facts = new ArrayList<>();
    facts.add(found.device().name());
    facts.add(
        String.format(
            Locale.ROOT,
            "%.1f GiB, %s, %d multiprocessors",
            found.device().bytes() / GIBI,
            found.device().details(),
            backend.gpu().multiprocessors()));
    facts.add(
        "driver for CUDA "
            + version[0] / 1000
            + "."
            + version[0] % 1000 / 10
            + (kind() == Kind.GPU ? kernelModule() : "")
            + (backend.gpu().hasGraphs() ? "" : "; no CUDA graphs: launches are made one by one"));
    facts.add("backend " + backend.description());
    return facts;
  }

  /** What the driver's kernel module says of itself; nothing where it says nothing. */
  private static String kernelModule() {
    try {
      return Files.readAllLines(DRIVER).stream().findFirst().map(line -> ", " + line).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public Kind kind() {
    return found.device().name().startsWith(STAND_IN) ? Kind.STAND_IN : Kind.GPU;
  }

  @Override
  public Precision precision() {
    return options.precision();
  }

  @Override
  public int torchDevice() {
    return found.ordinal();
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
    return clock;
  }

  @Override
  public Ceilings ceilings() {
    return ceilings;
  }

  @Override
  public void close() {
    try (backend;
        clock) {
      ceilings.close();
    }
  }
}
