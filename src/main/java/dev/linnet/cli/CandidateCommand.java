package dev.linnet.cli;

import dev.linnet.search.CandidateWorker;
import dev.linnet.search.EventLog;
import dev.linnet.search.SearchOptions;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The process that a search with {@code --isolate} starts; nobody else does. */
@Command(
    name = CandidateCommand.NAME,
    hidden = true,
    description = "Evaluate candidates of the run in DIR for the search that has started this.",
    footer = "  linnet " + CandidateCommand.NAME + " runs/digits-conv-1")
final class CandidateCommand implements Callable<Integer> {
  static final String NAME = "candidates";

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Parameters(paramLabel = "DIR", description = "The folder of the run.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    EventLog.Content content = EventLog.readToResume(folder.resolve("events.jsonl"));
    SearchOptions options =
        ResumedOptions.recorded(
                ResumedOptions.arguments(content.events().get(0)), spec, main, folder)
            .options();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    CandidateWorker.serve(options, folder, in, out);
    return 0;
  }
}
