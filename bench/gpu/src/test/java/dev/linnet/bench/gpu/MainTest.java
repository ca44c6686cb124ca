package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.exec.Backends;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void theHelpNamesTheOptions() {
    assertEquals(0, run("--help"));
    for (String option : new String[] {"--backend", "--quick", "--json", "--filter", "--driver"}) {
      assertTrue(out.toString().contains(option), option);
    }
  }

  @Test
  void whatIsWrongIsOneLineAndStatusTwo() {
    assertEquals(2, run("--precision", "fp16"));
    assertTrue(err.toString().startsWith("--precision must be fp32 or tf32, got fp16"), "" + err);
    assertEquals(2, run("--filter", "conv9x9"));
    assertTrue(err.toString().contains("'conv9x9'"), "" + err);
    assertEquals(2, run("--backend", "vector"));
    assertTrue(err.toString().contains("--backend takes cuda and opencl, got vector"), "" + err);
    assertEquals(2, run("--driver", folder.toString()));
    assertTrue(err.toString().contains("--driver: there is no "), "" + err);
  }

  @Test
  void theStandInIsNamedAsSuchAndItsKernelsRun() throws IOException {
    assertNothingIsWrong("cuda", StandInDriver.built(), "THIS IS THE STAND-IN DRIVER");
  }

  @Test
  void anOpenClDeviceThatIsNoGpuIsNamedAsSuchAndItsKernelsRun() throws IOException {
    boolean there =
        Backends.providers().stream()
            .anyMatch(p -> p.name().equals("opencl") && !p.devices().isEmpty());
    assumeTrue(there, "there is no OpenCL");
    assertNothingIsWrong("opencl", null, "");
  }

  private void assertNothingIsWrong(String backend, Path driver, String warning)
      throws IOException {
    Path json = folder.resolve(backend + ".json");
    List<String> command = new ArrayList<>(List.of("--quick", "--backend", backend));
    command.addAll(List.of("--only", "peaks,kernels", "--filter", "@8x8/n1/f"));
    command.addAll(List.of("--json", json.toString()));
    if (driver != null) {
      command.addAll(List.of("--driver", driver.toString()));
    }
    int status = run(command.toArray(String[]::new));
    assertEquals(0, status, out + "" + err);
    assertTrue(out.toString().contains(warning), out.toString());
    JsonNode device = new ObjectMapper().readTree(json.toFile()).get("devices").get(0);
    assertEquals(backend, device.get("backend").asText());
    assertTrue(device.get("peaks").get("gflops").asDouble() > 0);
    assertFalse(device.get("kernels").isEmpty());
    for (JsonNode kernel : device.get("kernels")) {
      assertTrue(kernel.get("seconds").asDouble() > 0, kernel.toString());
    }
  }
}
