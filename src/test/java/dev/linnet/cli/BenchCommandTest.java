package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void itMeasuresWhatWasChosen() throws IOException {
    Path json = folder.resolve("bench.json");
    Path svg = folder.resolve("bench.svg");
    String out =
        Cli.run(
                "bench",
                "--quick",
                "--backend=scalar",
                "--filter=depthwise3x3/64@28x28/n1/forward",
                "--json=" + json,
                "--roofline=" + svg,
                "--check=" + folder)
            .succeeded()
            .out();
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    assertTrue(all.get("backend").asText().startsWith("scalar"), all.toString());
    assertEquals(1, all.get("threads").asInt());
    assertEquals(1, all.get("cases").size());
    JsonNode row = all.get("cases").get(0);
    double nanos = row.get("nanos").asDouble();
    assertTrue(row.get("lowNanos").asDouble() <= nanos, row.toString());
    assertTrue(nanos <= row.get("highNanos").asDouble(), row.toString());
    // 28·28 pixels, 64 channels, 3·3 taps, 2 operations each
    assertEquals(28 * 28 * 64 * 9 * 2, row.get("flops").asLong());
    assertEquals(28 * 28 * 64 * 9 * 2 / nanos, row.get("gflops").asDouble(), 1e-9);
    assertTrue(row.get("peakGflops").asDouble() > 0, row.toString());
    assertEquals(0, row.get("allocatedBytes").asLong());
    assertTrue(out.contains(row.get("name").asText()), out);
    assertTrue(out.contains("no baseline for"), out);
    assertTrue(Files.readString(svg).startsWith("<svg"), svg.toString());
  }

  @Test
  void aFilterThatLeavesNothingIsRefused() {
    assertEquals(2, Cli.run("bench", "--filter", "conv9x9").code());
  }

  @Test
  void tilesAreNotFiltered() {
    assertEquals(2, Cli.run("bench", "--tiles", "--filter", "conv").code());
  }

  @Test
  void aModelThatIsNoneIsRefusedBeforeAnythingStarts() {
    Cli.run("bench", "--model", folder.toString()).failed(1, "is a folder");
  }
}
