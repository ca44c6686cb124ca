package dev.linnet.cli;

import dev.linnet.core.exec.Backend;
import dev.linnet.report.RepeatsReport;
import dev.linnet.report.Report;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import dev.linnet.search.LatencyCheck;
import dev.linnet.search.Repeats;
import dev.linnet.search.RunFolder;
import dev.linnet.search.RunResult;
import dev.linnet.space.SearchSpace;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Draws the report of a run anew. */
@Command(
    name = "inspect",
    aliases = "report",
    description = {
      "Write result.json and report.html of a run anew, from its log alone.",
      "",
      "Needs neither the data nor the model. Of a log that is damaged, the events before the damage"
          + " are used; of a run that has not ended there is a report, but no result yet. Of a"
          + " repeated search all runs are written anew, and what they say together."
    },
    footer = {
      "  linnet inspect runs/digits-conv-1",
      "  linnet report runs/digits-conv-1",
      "  linnet inspect --latency runs/front"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of a run.")
  private Path folder;

  @ParentCommand private Main main;
  @Mixin private MachineOptions machine;

  @Option(
      names = "--latency",
      description =
          "Also measure the latencies of the Pareto front again, as the search did, and show them"
              + " beside those that it reported.")
  private boolean latency;

  @Override
  public Integer call() {
    return Repeats.isIn(folder) ? repeated() : single(folder);
  }

  /** All runs of a repeated search that have begun, and what they say together. */
  private int repeated() {
    try (RunFolder run = RunFolder.resumeRepeats(folder)) {
      Repeats repeats = Repeats.read(folder);
      for (long seed : repeats.seeds()) {
        if (Files.exists(repeats.run(seed).resolve("events.jsonl"))) {
          single(repeats.run(seed));
        }
      }
      RepeatsReport.write(run, repeats.writeResult(run));
      PrintWriter out = spec.commandLine().getOut();
      out.println("result    " + run.result());
      out.println("report    " + run.report());
      out.flush();
      return 0;
    }
  }

  private int single(Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    try (RunFolder run = RunFolder.resume(folder)) {
      EventLog.Content content = EventLog.read(run.events());
      content
          .damage()
          .ifPresent(damage -> spec.commandLine().getErr().println("linnet: " + damage));
      if (content.events().isEmpty()) {
        throw new CommandException(folder + ": the log has no event to tell of");
      }
      boolean ended = RunResult.write(run);
      Report.write(run);
      out.println("events    " + Text.count(content.events().size()));
      out.println(
          ended
              ? "result    " + run.result()
              : "result    none yet: the run has not ended; "
                  + Main.suggestion("search", "--resume", "--out", folder.toString())
                  + " goes on with it");
      out.println("report    " + run.report());
      if (latency) {
        latencies(folder, content.events()).forEach(out::println);
      }
      out.flush();
      return 0;
    }
  }

  private List<String> latencies(Path folder, List<Event> events) {
    SearchSpace space =
        ResumedOptions.recorded(ResumedOptions.arguments(events.get(0)), spec, main, folder)
            .space();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("latency of the front", "reported", "again", "difference"));
    try (Backend backend = machine.open(line -> {})) {
      for (LatencyCheck each : LatencyCheck.of(events, space, backend)) {
        rows.add(
            List.of(
                each.genotype(),
                Text.milliseconds(each.reportedMs()),
                Text.milliseconds(each.againMs()),
                String.format(Locale.ROOT, "%+.1f %%", 100 * each.difference())));
      }
    }
    if (rows.size() == 1) {
      throw new CommandException(folder + ": the run has no front; --latency measures fronts");
    }
    return Text.table(rows, 1);
  }
}
