package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The backend is found by name, says its devices, and says why it does not work where it does not.
 */
final class OpenClBackendProviderTest {
  private static final BackendProvider PROVIDER = new OpenClBackendProvider();
  private static final BackendProvider.Options DEFAULTS = new BackendProvider.Options(1);

  @Test
  void autoNeverTakesIt() {
    try (Backend backend = Backends.open(Backends.AUTO, DEFAULTS, line -> {})) {
      assertNotEquals("opencl", backend.name());
    }
  }

  @Test
  void aDeviceIsChosenByItsNumberOrAPartOfItsName() {
    OpenClTests.assumeUsable();
    Device first = PROVIDER.devices().get(0);
    assertTrue(first.bytes() > 0, first.toString());
    for (String choice : List.of("0", first.name().substring(2))) {
      try (Backend backend = Backends.open("opencl:" + choice, DEFAULTS, line -> {})) {
        assertEquals("opencl:" + choice, backend.name());
        assertTrue(backend.description().contains(first.name()), backend.description());
      }
    }
  }

  @Test
  void aDeviceThatIsNotThereIsRefusedWithWhatThereIs() {
    OpenClTests.assumeUsable();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Backends.open("opencl:none such", DEFAULTS, line -> {}))
            .getMessage();
    assertTrue(message.contains("no device of backend opencl is meant by none such"), message);
    assertTrue(message.contains("0 " + PROVIDER.devices().get(0).name()), message);
  }

  @Test
  void aMachineWithoutADriverIsToldHowToGetOne() throws Exception {
    String out = probeIn(Map.of("OCL_ICD_VENDORS", "/nonexistent/"), "-XX:+UseG1GC");
    assertTrue(out.contains("Unusable[reason="), out);
    assertTrue(out.contains("pocl-opencl-icd"), out);
    assertEquals(1, out.lines().count(), out);
  }

  @Test
  void aJvmWithAnotherGarbageCollectorIsToldTheOption() throws Exception {
    String out = probeIn(Map.of(), "-XX:+UseSerialGC");
    assertTrue(out.contains("-XX:+UseG1GC"), out);
  }

  /** The provider's answer in another JVM. */
  private static String probeIn(Map<String, String> environment, String option)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PrintProbe.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  /** Prints the probe of the JVM that runs it. */
  static final class PrintProbe {
    private PrintProbe() {}

    /** Prints one line. */
    public static void main(String[] args) {
      System.out.println(PROVIDER.probe());
    }
  }
}
