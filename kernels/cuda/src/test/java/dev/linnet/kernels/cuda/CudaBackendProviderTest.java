package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.BackendProvider.Options;
import dev.linnet.core.exec.BackendProvider.Probe;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CudaBackendProviderTest {
  private static final int NO_DEVICE = 100;
  private static final String NO_DRIVER =
      "the NVIDIA driver is missing (no libcuda.so.1): install it from your distribution or"
          + " nvidia.com";

  /** What a user sees whose machine has no driver; run in a JVM that has not loaded any. */
  static final class WithoutDriver {
    private WithoutDriver() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) { // the second time, the class of JCuda is known to be broken
        System.out.println(((Probe.Unusable) new CudaBackendProvider().probe()).reason());
      }
      System.out.println(new CudaBackendProvider().devices());
      try {
        Backends.open("cuda", new Options(1), line -> {}).close();
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
      Backends.open("scalar", new Options(1), line -> {}).close();
    }
  }

  /** What a user sees whose machine has one. */
  static final class WithDriver {
    private WithDriver() {}

    public static void main(String[] args) {
      try (Backend backend = Backends.open("cuda:2/tf32", new Options(1), line -> {})) {
        System.out.println(backend.name());
      }
      System.out.println(new CudaBackendProvider().devices().stream().map(Device::name).toList());
    }
  }

  @Test
  void withoutADriverOneLineSaysSoAndTheRestWorks() throws IOException {
    assumeFalse(
        Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/lib/wsl/lib")
            .anyMatch(folder -> Files.exists(Path.of(folder, "libcuda.so.1"))),
        "this machine has the NVIDIA driver");
    assertEquals(
        List.of(NO_DRIVER, NO_DRIVER, "[]", "backend cuda is not usable: " + NO_DRIVER),
        said(List.of(), WithoutDriver.class));
  }

  @Test
  void theScriptRunsACommandOnTheStandIn() throws IOException {
    StandIn.assumeLoaded(); // there is a compiler for it
    assertEquals(
        List.of("cuda:2/tf32", "[Stand-in A, Stand-in B, Stand-in C]"),
        said(List.of("./stand-in"), WithDriver.class));
  }

  /** The lines that the main method of a class prints in a JVM of its own. */
  private static List<String> said(List<String> before, Class<?> main) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void withoutTheLibrariesOfJCudaItIsThemThatAreMissing() {
    String reason = CudaBackendProvider.missing("Error while loading native library \"JCuda\"");
    assertTrue(reason.startsWith("JCuda's libraries for "), reason);
  }

  @Test
  void everyDeviceIsListedAndCanBeChosen() {
    StandIn.assumeLoaded();
    BackendProvider provider = new CudaBackendProvider();
    assertEquals(
        List.of(
            new Device("Stand-in A", 4L << 30, "compute capability 8.6"),
            new Device("Stand-in B", 4L << 30, "compute capability 6.0"),
            new Device("Stand-in C", 4L << 30, "compute capability 8.0")),
        provider.devices());
    try (Backend backend = Backends.open("cuda:in b", new Options(1), line -> {})) {
      assertEquals("cuda:in b", backend.name());
      assertEquals(
          "cuda (Stand-in B), compute capability 6.0, kernels for sm_60", backend.description());
    }
    try (Backend backend = Backends.open("cuda", new Options(1), line -> {})) {
      assertEquals(
          "cuda (Stand-in A), compute capability 8.6, kernels for sm_80", backend.description());
    }
    assertEquals(
        "no device of backend cuda is meant by 3; there are 0 Stand-in A, 1 Stand-in B,"
            + " 2 Stand-in C",
        assertThrows(IllegalArgumentException.class, () -> Backends.check("cuda:3")).getMessage());
  }

  @Test
  void tensorCoresAreChosenWhereTheyAre() {
    StandIn.assumeLoaded();
    try (Backend backend = Backends.open("cuda:2/tf32", new Options(1), line -> {})) {
      assertEquals("cuda:2/tf32", backend.name());
      assertEquals(
          "cuda (Stand-in C), compute capability 8.0, kernels for sm_80, tf32",
          backend.description());
    }
    Backends.check("cuda/tf32");
    assertEquals(
        "backend cuda:1 has fp32 only, got tf32",
        assertThrows(IllegalArgumentException.class, () -> Backends.check("cuda:1/tf32"))
            .getMessage());
  }

  @Test
  void aDriverThatFindsNoGpuIsNotUsable() {
    StandIn.assumeLoaded();
    StandIn.inject(StandIn.call("cuInit"), 0, NO_DEVICE);
    assertEquals(
        new Probe.Unusable("the NVIDIA driver finds no GPU of compute capability 6.0 or newer"),
        new CudaBackendProvider().probe());
  }

  @Test
  void aDriverThatFailsIsTheReason() {
    StandIn.assumeLoaded();
    StandIn.inject(StandIn.call("cuDeviceGetCount"), 0, 999);
    Probe.Unusable unusable = (Probe.Unusable) new CudaBackendProvider().probe();
    assertTrue(unusable.reason().startsWith("CUDA: cuDeviceGetCount failed"), unusable.reason());
  }
}
