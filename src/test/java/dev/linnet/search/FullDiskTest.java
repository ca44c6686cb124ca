package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.data.LoadedData;
import dev.linnet.supernet.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run folder on a disk that becomes full: a small file system in memory. */
@Tag("once")
class FullDiskTest {
  private static final SearchPlan PLAN = new SearchPlan(4, 30, 2, 10);

  @TempDir private Path temp;
  private final LoadedData data = Tiny.data(64, 32, 32);

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** Searches in a folder; what it has written is added to the events. */
  private SearchResult search(RunFolder run, EventLog log, List<Event> events) {
    SearchOptions options =
        SearchOptions.of(data, Tiny.space())
            .with(
                o ->
                    o.strategy(RandomSearch.NAME)
                        .threads(1)
                        .backend("scalar")
                        .trials(PLAN.trials())
                        .command("test"));
    return SearchRun.run(
        options,
        PLAN,
        new Recorded(events, Checkpoints.in(run, Duration.ZERO)),
        event -> {
          log.append(event);
          events.add(event);
        },
        Progress.none(),
        Duration.ZERO,
        () -> false);
  }

  private static List<String> withoutStamp(List<Event> events) {
    return events.stream().map(e -> e.type() + " " + e.fields()).toList();
  }

  @Test
  void aFullDiskStopsTheSearchWithOneLineAndLosesNothingThatWasFinished() throws Exception {
    String disk = Files.createDirectory(temp.resolve("disk")).toString();
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk),
        "only who may mount a small disk can fill it");
    try {
      List<Event> events = new ArrayList<>();
      Path folder = Path.of(disk, "run");
      try (RunFolder run = RunFolder.create(folder, false);
          EventLog log = EventLog.create(run.events())) {
        RunException e = assertThrows(RunException.class, () -> search(run, log, events));
        assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
      }
      EventLog.Content content = EventLog.read(folder.resolve("events.jsonl"));
      assertEquals(Optional.empty(), content.damage());
      assertEquals(withoutStamp(events), withoutStamp(content.events()));
      assertTrue(events.size() > 3, events.size() + " events");
      assertTrue(succeeds("mount", "-o", "remount,size=4m", disk));
      try (RunFolder run = RunFolder.resume(folder);
          EventLog log = EventLog.resume(run.events(), content)) {
        search(run, log, events);
      }
      Path other = temp.resolve("other");
      List<Event> whole = new ArrayList<>();
      try (RunFolder run = RunFolder.create(other, false);
          EventLog log = EventLog.create(run.events())) {
        search(run, log, whole);
      }
      assertEquals(withoutStamp(whole), withoutStamp(events));
      assertEquals(
          withoutStamp(whole),
          withoutStamp(EventLog.read(folder.resolve("events.jsonl")).events()));
    } finally {
      assertTrue(succeeds("umount", disk));
    }
  }
}
