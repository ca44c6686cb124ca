package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.kernels.vector.TileMeasurement;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileFileTest {
  private static final Machine MACHINE = new Machine("EPYC", "AuthenticAMD-25");
  private static final List<TileMeasurement> TILES =
      List.of(
          new TileMeasurement(14, 2, 0, 256, true, 98.76, 100.04, 0.98765),
          new TileMeasurement(5, 1, 3, 15, false, 50, 100, 0.5));

  @Test
  void itSaysWhereAndHowFast() throws IOException {
    JsonNode all = new ObjectMapper().readTree(json());
    assertEquals("authenticamd-25-512", all.get("cpu").asText());
    assertEquals("EPYC", all.get("model").asText());
    assertEquals("vector, 1 thread", all.get("backend").asText());
    assertEquals(512, all.get("vectorBits").asInt());
    assertEquals(Runtime.version().toString(), all.get("java").asText());
    assertFalse(all.get("quick").asBoolean());
    assertTrue(all.get("date").asText().endsWith("Z"));
    assertEquals(2, all.get("tiles").size());
    JsonNode first = all.get("tiles").get(0);
    assertEquals(14, first.get("rows").asInt());
    assertEquals(2, first.get("vectors").asInt());
    assertEquals(0, first.get("taps").asInt());
    assertEquals(256, first.get("positions").asInt());
    assertTrue(first.get("chosen").asBoolean());
    assertEquals(98.8, first.get("gflops").asDouble());
    assertEquals(100.0, first.get("peakGflops").asDouble());
    assertEquals(0.988, first.get("fractionOfPeak").asDouble());
    assertEquals(3, all.get("tiles").get(1).get("taps").asInt());
  }

  @Test
  void aTileIsALine() {
    assertEquals(2, json().lines().filter(line -> line.contains("\"rows\"")).count());
  }

  private static String json() {
    return TileFile.json(Options.parse("--tiles"), MACHINE, "vector, 1 thread", 512, TILES);
  }
}
