package dev.linnet.cli;

import dev.linnet.core.exec.Backend;
import dev.linnet.search.EventLog;
import dev.linnet.search.LatencyCheck;
import dev.linnet.space.SearchSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The process that a search for latency starts at its end; nobody else does. */
@Command(
    name = LatencyCommand.NAME,
    hidden = true,
    description = "Measure the genotypes on stdin for the search in DIR that has started this.",
    footer = "  linnet " + LatencyCommand.NAME + " runs/front")
final class LatencyCommand implements Callable<Integer> {
  static final String NAME = "latencies";

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;
  @Mixin private MachineOptions machine;

  @Parameters(paramLabel = "DIR", description = "The folder of the run.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    EventLog.Content content = EventLog.readToResume(folder.resolve("events.jsonl"));
    SearchSpace space =
        ResumedOptions.recorded(
                ResumedOptions.arguments(content.events().get(0)), spec, main, folder)
            .space();
    List<String> genotypes =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .lines()
            .toList();
    try (Backend backend = machine.open(line -> {})) {
      double[] latencies =
          LatencyCheck.milliseconds(content.events().get(0), space, genotypes, backend);
      for (double each : latencies) {
        spec.commandLine().getOut().println(each);
      }
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
