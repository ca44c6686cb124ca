package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.exec.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTest {
  private static final Sampler SAMPLER = new Sampler(1, 1e-9, 1e-3);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  /** The exit status; what was found is in a file. */
  private int run(UnaryOperator<Backend> change, EnumSet<Settings.Part> parts, String filter)
      throws IOException {
    Settings settings =
        new Settings(
            parts,
            1,
            Selection.kernels(true, filter),
            Selection.networks(true, filter),
            1_000_000,
            SAMPLER,
            Optional.of(new Torch("no-such-python", Path.of("none"), "")),
            false);
    return Main.measure(
        List.of("host"),
        name -> new HostDevice(change),
        settings,
        folder.resolve("out.json"),
        new PrintWriter(out, true));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out.json").toFile()).get("devices").get(0);
  }

  @Test
  void aBackendThatIsRightEndsWithNothingWrong() throws IOException {
    assertEquals(0, run(b -> b, EnumSet.of(Settings.Part.CORRECTNESS), "relu"));
    assertTrue(out.toString().contains(" cases, all of them right"), out.toString());
    assertFalse(out.toString().contains("WRONG"), out.toString());
    assertTrue(json().get("correctness").size() > 40);
  }

  @Test
  void aPlantedWrongResultIsNamedAndEndsWithOne() throws IOException {
    assertEquals(1, run(WrongBackend::new, EnumSet.of(Settings.Part.CORRECTNESS), "relu"));
    List<String> wrong = out.toString().lines().filter(l -> l.contains("WRONG in 1")).toList();
    assertTrue(wrong.stream().anyMatch(l -> l.matches("Activation  .*")), out.toString());
    assertFalse(wrong.stream().anyMatch(l -> l.matches("(Conv2d|Add|Dense).*")), out.toString());
    assertTrue(out.toString().contains("host: SOME RESULTS ARE WRONG"), out.toString());
    for (JsonNode line : json().get("correctness")) {
      boolean activation = line.get("name").asText().equals("Activation");
      assertTrue(!activation || line.get("ofTolerance").asDouble() > 1, line.toString());
    }
  }

  @Test
  void kernelsAreMeasuredBesideThePeaks() throws IOException {
    EnumSet<Settings.Part> parts = EnumSet.of(Settings.Part.PEAKS, Settings.Part.KERNELS);
    assertEquals(0, run(b -> b, parts, "relu/24"));
    JsonNode kernel = json().get("kernels").get(0);
    assertEquals("relu/24@14x14/n32", kernel.get("name").asText());
    long bytes = 2L * 4 * 32 * 14 * 14 * 24; // scalar layouts have no padding
    assertEquals(bytes, kernel.get("bytes").asLong());
    assertEquals(0, kernel.get("flops").asLong());
    double gigabytes = bytes / kernel.get("seconds").asDouble() / 1e9;
    assertEquals(gigabytes, kernel.get("gigabytes").asDouble(), 1e-9 * gigabytes);
    double copy = json().get("peaks").get("copies").get("1048576").asDouble();
    assertEquals(gigabytes / copy, kernel.get("ofCopy").asDouble(), 1e-9);
  }

  @Test
  void whatADeviceWithoutAGpuCannotDoInTimeIsLeftOut() throws IOException {
    EnumSet<Settings.Part> parts = EnumSet.of(Settings.Part.NETWORKS, Settings.Part.PYTORCH);
    assertEquals(0, run(b -> b, parts, "resnet20@32x32/inference/n1"));
    assertTrue(
        out.toString()
            .contains("1 of 1 are left out here: more than 1 million multiply-accumulates"),
        out.toString());
    assertTrue(out.toString().contains("PyTorch: no network was timed"), out.toString());
  }
}
