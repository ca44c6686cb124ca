package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void itTimesWhatWasChosen() throws IOException {
    Path file = folder.resolve("bench.json");
    String out =
        Cli.run(
                "bench",
                "--quick",
                "--backend",
                "scalar",
                "--threads",
                "1",
                "--filter",
                "depthwise",
                "--json",
                file.toString())
            .succeeded()
            .out();
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals("scalar", json.get("backend").asText());
    assertEquals(1, json.get("threads").asInt());
    assertEquals(1, json.get("cases").size());
    JsonNode row = json.get("cases").get(0);
    double median = row.get("medianMs").asDouble();
    assertTrue(row.get("lowMs").asDouble() <= median, row.toString());
    assertTrue(median <= row.get("highMs").asDouble(), row.toString());
    // 28·28 pixels, 64 channels, 3·3 taps, 2 operations each
    assertEquals(28 * 28 * 64 * 9 * 2 / median / 1e6, row.get("gflops").asDouble(), 1e-9);
    assertTrue(out.contains(row.get("name").asText()), out);
  }

  @Test
  void aFilterThatLeavesNothingIsRefusedWithWhatThereIs() {
    Cli.run("bench", "--filter", "conv9x9").failed(2, "'conv9x9'", "conv3x3/64x64@28x28");
  }

  @Test
  void everyCaseCanBeMadeReady() {
    for (BenchCase each : BenchCase.builtIn()) {
      assertTrue(each.flops() > 0, each.name());
    }
  }
}
