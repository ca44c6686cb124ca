package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.model.Model;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedSearchTest {
  @TempDir private Path folder;

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static double mean(JsonNode runs, String member) {
    return (runs.get(0).get(member).asDouble() + runs.get(1).get(member).asDouble()) / 2;
  }

  private static List<String> history(Path run) {
    return EventLog.read(run.resolve("events.jsonl")).events().stream()
        .map(event -> event.type() + " " + event.fields())
        .toList();
  }

  @Test
  void seedsHaveRunsOfTheirOwnThatAreResumedAndTheResultHasIntervalsOverThem() throws IOException {
    Path data = SmallData.write(folder.resolve("data"));
    Path space = Files.writeString(folder.resolve("small.json"), SmallSpace.JSON);
    Path all = folder.resolve("all");
    String[] options = {
      "search",
      "--backend",
      "scalar",
      "--data",
      data.toString(),
      "--space",
      space.toString(),
      "--tune",
      "--trials",
      "2",
      "--seed",
      "4",
      "--repeats",
      "2",
      "--quiet",
      "--out",
      all.toString()
    };
    Cli first = Cli.run(options).succeeded();
    assertTrue(first.out().contains("2 of 2 with seeds 4 to 5"), first.out());
    JsonNode result = json(all.resolve("result.json"));
    assertEquals(2, result.get("complete").asInt());
    assertEquals("small-tuned", result.get("space").asText());
    JsonNode runs = result.get("runs");
    assertEquals(mean(runs, "testAccuracy"), result.at("/best/testAccuracy/mean").asDouble(), 1e-5);
    for (JsonNode baseline : result.get("baselines")) {
      double mean = mean(runs, baseline.get("role").asText());
      assertEquals(mean, baseline.at("/testAccuracy/mean").asDouble(), 1e-5);
      double lead = baseline.at("/lead/mean").asDouble();
      assertEquals(mean(runs, "testAccuracy") - mean, lead, 1e-5);
      assertTrue(baseline.at("/lead/low").asDouble() <= lead, baseline.toString());
      assertTrue(baseline.at("/lead/high").asDouble() >= lead, baseline.toString());
    }
    String report = Files.readString(all.resolve("report.html"));
    assertTrue(report.contains("With 2 seeds") && report.contains("seed-5/report.html"), report);
    assertFalse(report.contains("have not ended"), report);

    Path second = all.resolve("seed-5");
    List<String> history = history(second);
    String weights = Model.read(second.resolve("model.linnet")).weightsChecksum();
    assertEquals(4, json(all.resolve("seed-4").resolve("result.json")).get("seed").asInt());

    Cli.run("inspect", "--latency", second.toString()).oneLine("has no front");

    cutOff(second);
    Cli.run("inspect", all.toString()).succeeded();
    assertEquals(1, json(all.resolve("result.json")).get("complete").asInt());
    report = Files.readString(all.resolve("report.html"));
    assertTrue(report.contains("1 of 2 runs have not ended"), report);
    assertTrue(report.contains("one seed cannot tell"), report);

    Cli.run("search", "--resume", "--seed", "5", "--out", all.toString())
        .failed(2, "--seed 5", "begun with 4");
    Cli.run("search", "--resume", "--quiet", "--out", all.toString()).succeeded();
    assertEquals(history, history(second));
    assertEquals(weights, Model.read(second.resolve("model.linnet")).weightsChecksum());
    assertEquals(result.get("runs"), json(all.resolve("result.json")).get("runs"));
    Cli.run(options).failed(1, all.toString(), "--overwrite");
  }

  /** Leaves of a run what a kill in its middle leaves. */
  private static void cutOff(Path run) throws IOException {
    List<Event> events = EventLog.read(run.resolve("events.jsonl")).events();
    List<String> lines = Files.readAllLines(run.resolve("events.jsonl"));
    assertEquals(events.size(), lines.size());
    Files.write(run.resolve("events.jsonl"), lines.subList(0, lines.size() / 2));
    Files.delete(run.resolve("model.linnet"));
  }

  @Test
  void numbersThatMakeNoSenseAreNamed() {
    String out = folder.resolve("none").toString();
    Cli.run("search", "--repeats", "0", "--out", out).failed(2, "--repeats", "got 0");
    Cli.run("search", "--repeats", "9", "--budget", "8s", "--out", out)
        .failed(2, "--budget", "9 repeats");
    assertFalse(Files.exists(folder.resolve("none")));
  }
}
