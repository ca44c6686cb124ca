package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import dev.linnet.search.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
  @TempDir Path folder;

  private static Cli search(Object... more) {
    List<String> args = new ArrayList<>(List.of("search", "--backend", "scalar"));
    for (Object each : more) {
      args.add(each.toString());
    }
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void aBudgetThatIsTooSmallIsRefusedAndTheFolderStaysFree() {
    Path run = folder.resolve("run");
    for (int i = 0; i < 2; i++) {
      search("--budget", "1s", "--out", run, "--quiet").failed(1, "budget", "1 s", "digits");
    }
  }

  /** A log with a first event and nothing else. */
  private Path begun(String... arguments) {
    Path run = folder.resolve("begun");
    ObjectNode stamp = Event.object();
    List.of(arguments).forEach(stamp.withArray("arguments")::add);
    try (RunFolder made = RunFolder.create(run, false);
        EventLog log = EventLog.create(made.events())) {
      log.append(new Event("run", Event.object().put("seed", 7), stamp));
    }
    return run;
  }

  @Test
  void optionsThatContradictTheRunThatIsResumedAreRefused() {
    Path run = begun("search", "--backend", "scalar", "--seed", "7", "--max-params", "50k");
    search("--resume", "--out", run, "--seed", 8).failed(2, "--seed 8", "begun with 7");
    search("--resume", "--out", run, "--trials", 9).failed(2, "--trials 9", "begun with none");
    search("--resume", "--out", run, "--space", "cell").failed(2, "--space cell", "with conv");
    search("--resume", "--out", run, "--overwrite").failed(2, "--resume", "--overwrite");
  }

  @Test
  void aRunThatIsNotTheRecordedOneIsNotGoneOnWith() {
    Path run = begun("search", "--backend", "scalar", "--seed", "7");
    search("--resume", "--out", run, "--seed", 7, "--threads", 1, "--quiet")
        .failed(1, "event 1 of the log cannot be repeated", "run: version was not there");
  }

  @Test
  void aRunThatHasEndedIsLeftAsItIs() throws IOException {
    Path run = begun("search", "--backend", "scalar");
    Path file = run.resolve("events.jsonl");
    EventLog.Content content = EventLog.read(file);
    try (EventLog log = EventLog.resume(file, content)) {
      log.append(new Event("end", Event.object().put("reason", "done")));
    }
    Files.writeString(run.resolve("model.linnet"), "the winner");
    String events = Files.readString(file);
    String said = search("--resume", "--out", run).succeeded().out();
    assertTrue(said.startsWith("nothing to do"), said);
    assertEquals(events, Files.readString(file));
    assertEquals("the winner", Files.readString(run.resolve("model.linnet")));
  }

  @Test
  void limitsOfCandidatesThatMakeNoSenseAreNamed() {
    search("--parallel", 0).failed(2, "--parallel", "got 0");
    search("--trial-memory", "512").failed(2, "--trial-memory", "'512'", "512m");
    search("--trial-time", "soon").failed(2, "--trial-time", "'soon'");
  }

  @Test
  void whatIsNoRunIsNotResumed() throws IOException {
    search("--resume", "--out", folder).failed(1, folder.toString(), "no run here");
    Path run = begun("search");
    Path log = run.resolve("events.jsonl");
    Files.writeString(log, Files.readString(log).replace("seed", "sead"));
    search("--resume", "--out", run).failed(1, "line 1 is damaged", "--overwrite");
    begunAnew(run);
    search("--resume", "--out", run).failed(1, "does not say by what options");
  }

  private static void begunAnew(Path run) throws IOException {
    Files.delete(run.resolve("events.jsonl"));
    try (EventLog log = EventLog.create(run.resolve("events.jsonl"))) {
      log.append(new Event("run", Event.object()));
    }
  }

  @Test
  void anInspectedFolderHasToBeThatOfARun() {
    Cli.run("inspect", folder.toString()).failed(1, folder.toString(), "events.jsonl");
    Path run = begun("search");
    Cli cli = Cli.run("inspect", run.toString()).succeeded();
    assertEquals("", cli.err());
    assertTrue(cli.out().contains("none yet"), cli.out());
  }

  @Test
  void unknownNamesAreRefusedWithTheNearestOnes() {
    search("--strategy", "evolutoin").failed(2, "'evolutoin'", "did you mean evolution?");
    search("--space", "cnov").failed(2, "'cnov'", "did you mean conv?");
    search("--data", "digit").failed(2, "'digit'", "did you mean digits?");
  }

  @Test
  void objectivesThatMakeNoFrontAreRefused() {
    search("--objective", "accuracy,latenzy").failed(2, "--objective", "did you mean latency?");
    search("--objective", "accuracy,accuracy").failed(2, "--objective", "named twice");
    search("--objective", "latency").failed(2, "--objective: accuracy must be one of them");
    search("--objective", "accuracy,macs", "--strategy", "local")
        .failed(2, "--strategy: strategy local takes one objective", "nsga2");
  }

  @Test
  void numbersThatMakeNoSenseAreNamed() {
    search("--trials", 1).failed(2, "--trials", "got 1");
    search("--trials", "many").failed(2, "--trials", "'many'");
    search("--seed", "1.5").failed(2, "--seed", "'1.5'");
    search("--budget", "ten").failed(2, "--budget", "'ten'");
    search("--max-params", "-3").failed(2, "--max-params", "'-3'");
    search("--max-macs", "1.5X").failed(2, "--max-macs", "'1.5X'");
    search("--max-latency", 0).failed(2, "--max-latency", "got 0");
    search("--max-latency", "fast").failed(2, "--max-latency", "'fast'");
  }

  @Test
  void aPlaceThatIsNotFreeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    search("--out", file).failed(1, file.toString());
    search("--out", file.resolve("run")).failed(1, file.toString());
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.writeString(used.resolve("notes.txt"), "precious");
    search("--out", used).failed(1, used.toString(), "--overwrite");
    assertEquals("precious", Files.readString(used.resolve("notes.txt")));
  }

  @Test
  void aClassAloneIsNoDataToSearchOn() throws IOException {
    Path data = SmallData.write(folder.resolve("data"));
    try (var files = Files.list(data.resolve("white"))) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(data.resolve("white"));
    search("--data", data, "--out", folder.resolve("run")).failed(1, data.toString());
  }
}
