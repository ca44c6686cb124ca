package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.model.Model;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches whose candidates have processes of their own. */
@Tag("once")
class IsolatedSearchTest {
  @TempDir private Path folder;

  private static List<String> history(Path run) {
    return EventLog.read(run.resolve("events.jsonl")).events().stream()
        .map(event -> event.type() + " " + event.fields())
        .toList();
  }

  @Test
  void aRunIsResumedInTheMiddleOfItsTrialsWithFewerProcessesToTheSameEnd() throws IOException {
    Path data = SmallData.write(folder.resolve("data"));
    Path space = Files.writeString(folder.resolve("small.json"), SmallSpace.JSON);
    Path run = folder.resolve("run");
    Cli.run(
            "search",
            "--data=" + data,
            "--space=" + space,
            "--objective=accuracy,macs",
            "--tune",
            "--trials=3",
            "--backend=scalar",
            "--isolate",
            "--parallel=2",
            "--quiet",
            "--out=" + run)
        .succeeded();
    List<String> history = history(run);
    List<String> trials = history.stream().filter(e -> e.startsWith("trial ")).toList();
    assertEquals(6, trials.size());
    assertTrue(trials.stream().allMatch(e -> e.contains("measured")), trials.toString());
    String weights = Model.read(run.resolve("model.linnet")).weightsChecksum();
    Files.delete(run.resolve("model.linnet"));
    List<String> lines = Files.readAllLines(run.resolve("events.jsonl"));
    List<String> types =
        EventLog.read(run.resolve("events.jsonl")).events().stream().map(Event::type).toList();
    Files.write(run.resolve("events.jsonl"), lines.subList(0, types.indexOf("trial") + 2));
    Cli.run("search", "--resume", "--parallel=1", "--quiet", "--out=" + run).succeeded();
    assertEquals(history, history(run));
    assertEquals(weights, Model.read(run.resolve("model.linnet")).weightsChecksum());
  }
}
