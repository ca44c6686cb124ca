package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.BackendProvider.Probe;
import dev.linnet.core.exec.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vector backend is found where it works, and says why where it does not. */
final class VectorBackendProviderTest {
  private static final BackendProvider PROVIDER = new VectorBackendProvider();

  @Test
  void autoTakesItWhereItIsUsableAndSaysWhyNotElsewhere() {
    List<String> log = new ArrayList<>();
    try (Backend backend = Backends.open(Backends.AUTO, new BackendProvider.Options(1), log::add)) {
      if (VectorTests.incubatorModule()) {
        assertEquals("vector", backend.name());
        assertTrue(log.get(0).matches(".*vector \\d+-bit \\(.*\\), 1 thread.*"), log.get(0));
      } else {
        assertEquals("scalar", backend.name());
        assertTrue(log.get(0).contains("--add-modules jdk.incubator.vector"), log.get(0));
      }
    }
  }

  @Test
  void theProbeSaysTheWidth() {
    VectorTests.assumeUsable();
    Probe.Usable usable = (Probe.Usable) PROVIDER.probe();
    assertTrue(usable.description().startsWith(Width.LANES * 32 + "-bit"), usable.description());
  }

  @Test
  void anInterpretingJvmIsRefused() throws Exception {
    String line = probeIn("--add-modules", "jdk.incubator.vector", "-Xint");
    assertTrue(line.contains("-Xint"), line);
  }

  @Test
  void aJvmWithoutC2IsRefused() throws Exception {
    String line = probeIn("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1");
    assertTrue(line.contains("C2"), line);
  }

  @Test
  void aJvmWithoutTheModuleIsToldTheOptionThatMendsIt() throws Exception {
    String line = probeIn();
    assertTrue(line.contains("--add-modules jdk.incubator.vector"), line);
  }

  @Test
  void aServerVmInMixedModeIsFine() {
    assertNull(VectorBackendProvider.withoutC2("mixed mode, sharing", "OpenJDK 64-Bit Server VM"));
    assertFalse(VectorBackendProvider.withoutC2("mixed mode", "OpenJDK Client VM").isEmpty());
  }

  /** The provider's answer in another JVM. */
  private static String probeIn(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PrintProbe.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  /** Prints the probe of the JVM that runs it. */
  static final class PrintProbe {
    private PrintProbe() {}

    /** Prints one line. */
    public static void main(String[] args) {
      System.out.println(new VectorBackendProvider().probe());
    }
  }
}
