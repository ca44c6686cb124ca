package dev.linnet.search;

import dev.linnet.supernet.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A search of a few seconds as a program: begins in a folder, or goes on there. */
public final class SmallSearch {
  private static final SearchPlan PLAN = new SearchPlan(30, 8, 2, 20);

  private SmallSearch() {}

  /** Searches in the folder that is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    boolean begun = Files.exists(folder.resolve("events.jsonl"));
    try (RunFolder run = begun ? RunFolder.resume(folder) : RunFolder.create(folder, false)) {
      EventLog.Content content =
          begun
              ? EventLog.readToResume(run.events())
              : new EventLog.Content(List.of(), 0, Optional.empty());
      SearchOptions options =
          SearchOptions.of(Tiny.data(96, 32, 32), Tiny.space())
              .with(o -> o.threads(1).backend("scalar").trials(PLAN.trials()).command("test"));
      try (EventLog log =
          begun ? EventLog.resume(run.events(), content) : EventLog.create(run.events())) {
        SearchResult result =
            SearchRun.run(
                options,
                PLAN,
                new Recorded(content.events(), Checkpoints.in(run, Duration.ofMillis(50))),
                log::append,
                Progress.none(),
                Duration.ZERO,
                () -> false);
        result.model().write(run.model());
      }
      RunResult.write(run);
      run.deleteCheckpoints();
    }
  }
}
