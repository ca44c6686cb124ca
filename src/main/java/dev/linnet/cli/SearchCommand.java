package dev.linnet.cli;

import dev.linnet.data.LoadedData;
import dev.linnet.report.Report;
import dev.linnet.search.Checkpoints;
import dev.linnet.search.Constraints;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import dev.linnet.search.Execution;
import dev.linnet.search.Objective;
import dev.linnet.search.Recorded;
import dev.linnet.search.Repeats;
import dev.linnet.search.RunFolder;
import dev.linnet.search.RunResult;
import dev.linnet.search.SearchOptions;
import dev.linnet.search.SearchResult;
import dev.linnet.search.SearchRun;
import dev.linnet.search.Strategies;
import dev.linnet.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Searches for a network, trains it and saves it. */
@Command(
    name = "search",
    description = {
      "Find a network for a data set, train it and save it.",
      "",
      "Trains a supernet, lets the strategy and random search try networks over it, trains the best"
          + " of both and a hand-designed network from scratch in the same way, and tests the winner"
          + " of each once. Without --budget, how much is done follows from the data alone, and the"
          + " same seed gives the same result; with it, from how fast this machine is. Ctrl-C ends"
          + " the search with the best so far; --resume goes on with it, also after a kill or a"
          + " power cut."
    },
    footer = {
      "  linnet search",
      "  linnet search --data fashion-mnist --budget 10m --out runs/fashion",
      "  linnet search --resume --out runs/fashion",
      "  linnet search --repeats 5 --out runs/five",
      "  linnet search --data digits --space cell --strategy random --trials 50 --seed 7",
      "  linnet search --space mobile --data fashion-mnist --objective accuracy,latency --budget 15m",
      "  linnet search --max-params 50k --max-macs 1.5M --max-latency 0.5 --budget 2m --overwrite"
    })
final class SearchCommand implements Callable<Integer> {
  private static final int FEWEST_TRIALS = 2;

  /** The least time between two checkpoints of a training. */
  private static final Duration CHECKPOINT_PAUSE = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;
  @Mixin private DataOptions data;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      defaultValue = "conv",
      description =
          "Which networks there are: conv, cell, cell-N with N cells a stage, macro, mobile,"
              + " efficient, or a file FILE.json that describes them (default: conv).")
  private String space;

  @Option(
      names = "--tune",
      description =
          "Let the genotype choose learning rate, weight decay and augmentation too; they matter in"
              + " the trainings from scratch, not over the supernet.")
  private boolean tune;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = {
        "evolution, random, grid, local, nsga2, bayes, bananas, reinforce, mcts, tpe,",
        "halving, hyperband, asha or bohb (default: evolution, or nsga2 for several",
        "objectives); NAME+SCHEDULER, such as evolution+asha, is that strategy with",
        "several fidelities: halving, hyperband or asha."
      })
  private String strategy;

  @Option(
      names = "--objective",
      paramLabel = "NAMES",
      defaultValue = "accuracy",
      description =
          "What networks are to be good at: accuracy, and with commas any of latency, macs, params,"
              + " memory (default: accuracy). Several give a Pareto front.")
  private String objective;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "The time for the whole command, such as 90s, 10m, 1h (default: no limit).")
  private Duration budget;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Networks that the strategy tries, and random search again (default: 100).")
  private Integer trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of everything random (default: 1).")
  private Long seed;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "Search with N seeds, from --seed on, each in a run folder below DIR and with its part of"
              + " the budget; result and report of DIR have means and 95 %% confidence intervals"
              + " over the seeds.")
  private Integer repeats;

  @Mixin private ConstraintOptions constraints;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the run (default: runs/DATA-SPACE-SEED).")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the run in DIR if there is one.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Go on with the run in DIR, by the options that it began with, to the same result as if"
              + " it had not been stopped.")
  private boolean resume;

  @Mixin private ExecutionOptions execution;
  @Mixin private MachineOptions machine;
  @Mixin private ProgressOptions progress;

  @Override
  public Integer call() throws IOException {
    if (resume && overwrite) {
      throw new UsageException("--resume goes on with a run and --overwrite replaces it: name one");
    }
    if (resume && Repeats.isIn(folder())) {
      return RepeatedSearch.resume(spec, main, folder());
    }
    if (repeats != null && !resume) {
      RepeatedSearch.require(repeats, budget);
      options();
      return RepeatedSearch.begin(
          spec, main, new Repeats(folder(), seed, repeats, main.arguments()), overwrite);
    }
    return resume ? resume() : begin();
  }

  private int begin() throws IOException {
    SearchOptions options = options();
    try (RunFolder run = RunFolder.create(folder(), overwrite)) {
      return search(options, run, () -> EventLog.create(run.events()), List.of());
    }
  }

  /** Goes on, by the options of the log. A log that a kill left without an event begins anew. */
  private int resume() throws IOException {
    try (RunFolder run = RunFolder.resume(folder())) {
      EventLog.Content content = EventLog.readToResume(run.events());
      ResumedOptions.requireBegun(run, content);
      SearchCommand command =
          content.events().isEmpty()
              ? this
              : ResumedOptions.of(
                  ResumedOptions.arguments(content.events().get(0)), spec, main, run.path());
      SearchOptions options = command.options();
      content
          .damage()
          .ifPresent(damage -> spec.commandLine().getErr().println("linnet: " + damage));
      if (hasEnded(content.events()) && Files.exists(run.model())) {
        RunResult.write(run);
        Report.write(run);
        run.deleteCheckpoints(); // a kill may have come before that
        spec.commandLine()
            .getOut()
            .println("nothing to do: the run in " + run.path() + " has ended");
        return 0;
      }
      run.deleteResult();
      return command.search(
          options, run, () -> EventLog.resume(run.events(), content), content.events());
    }
  }

  private static boolean hasEnded(List<Event> events) {
    return !events.isEmpty() && events.get(events.size() - 1).type().equals("end");
  }

  private Path folder() {
    return out == null
        ? Path.of("runs", fileName(data.load().name()) + "-" + space().name() + "-" + seed)
        : out;
  }

  /**
   * Searches and writes what it found.
   *
   * @param opened the log, which is opened when all else is
   * @param recorded the events that it holds
   */
  private int search(
      SearchOptions options, RunFolder run, Supplier<EventLog> opened, List<Event> recorded)
      throws IOException {
    try (Display display = progress.open(spec.commandLine().getErr());
        Interruption stop = Interruption.listen(display::line)) {
      Duration before =
          recorded.isEmpty()
              ? Duration.ZERO
              : Duration.ofMillis(Math.round(1e3 * recorded.get(recorded.size() - 1).seconds()));
      Duration spent = before.plus(main.spent());
      if (budget != null) {
        display.remaining(Math.max(0, budget.minus(spent).toMillis() / 1e3));
      }
      SearchResult result;
      try (EventLog log = opened.get()) {
        result =
            search(
                withProcesses(options, run.path()),
                run,
                log,
                new Recorded(recorded, Checkpoints.in(run, CHECKPOINT_PAUSE)),
                display,
                spent,
                stop);
      }
      result.model().write(run.model());
      RunResult.write(run);
      Report.write(run);
      if (!result.interrupted()) {
        run.deleteCheckpoints();
      }
      display.finish();
      SearchSummary.lines(result, run.path(), data.name())
          .forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return stop.getAsBoolean() ? Failures.INTERRUPTED : 0;
    }
  }

  /** The options with the command lines of the processes that the search is to start. */
  private SearchOptions withProcesses(SearchOptions options, Path folder) {
    SearchOptions result = options;
    if (execution.isolate()) {
      result = result.isolated(OwnProcess.commandLine(CandidateCommand.NAME, folder.toString()));
    }
    if (options.objectives().contains(Objective.LATENCY)) {
      result =
          result.latenciesBy(
              OwnProcess.commandLine(
                  LatencyCommand.NAME,
                  folder.toString(),
                  "--backend=" + options.backend(),
                  "--threads=" + options.threads()));
    }
    return result;
  }

  /** How this command line is known to picocli. */
  CommandSpec spec() {
    return spec;
  }

  /** The space that is searched. */
  SearchSpace space() {
    return SpaceOptions.named(space, tune);
  }

  /** The options of the search. */
  SearchOptions options() {
    machine.backend();
    List<Objective> objectives = objectives();
    String chosen = strategy != null ? strategy : Strategies.usual(objectives);
    check("--strategy", () -> Strategies.check(chosen, objectives));
    SearchSpace searchSpace = space();
    Constraints limits = constraints.read();
    int threads = machine.threads();
    Execution how = execution.read();
    if (trials != null && trials < FEWEST_TRIALS) {
      throw new UsageException("--trials must be at least " + FEWEST_TRIALS + ", got " + trials);
    }
    LoadedData loaded = data.load();
    return UsageException.unless(
        () ->
            new SearchOptions(
                loaded,
                searchSpace,
                chosen,
                objectives,
                limits,
                seed,
                threads,
                machine.backend(),
                trials == null ? OptionalInt.empty() : OptionalInt.of(trials),
                Optional.ofNullable(budget),
                main.command(),
                how));
  }

  private List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>();
    check("--objective", () -> objectives.addAll(Objective.parse(objective)));
    if (!objectives.contains(Objective.ACCURACY)) {
      throw new UsageException("--objective: accuracy must be one of them, got " + objective);
    }
    return objectives;
  }

  /** What {@code check} says of a bad argument becomes what the user is told of an option. */
  private static void check(String option, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** A search that ends before its first event leaves no log behind. */
  private SearchResult search(
      SearchOptions options,
      RunFolder run,
      EventLog log,
      Recorded recorded,
      Display display,
      Duration spent,
      BooleanSupplier stop)
      throws IOException {
    try {
      return SearchRun.run(
          options,
          recorded,
          event -> log.append(ResumedOptions.stamped(event, main.arguments())),
          display,
          spent,
          stop);
    } catch (IllegalArgumentException | IllegalStateException e) {
      if (log.size() == 0) {
        Files.deleteIfExists(run.events());
      }
      throw new CommandException(e.getMessage(), e);
    }
  }

  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
