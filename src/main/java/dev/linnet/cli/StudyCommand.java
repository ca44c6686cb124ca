package dev.linnet.cli;

import dev.linnet.estimate.table.Table;
import dev.linnet.estimate.table.TableFile;
import dev.linnet.report.StudyPage;
import dev.linnet.search.Strategies;
import dev.linnet.study.Goal;
import dev.linnet.study.Study;
import dev.linnet.study.StudyJson;
import dev.linnet.study.StudyOptions;
import dev.linnet.study.StudyResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares strategies on a published table. */
@Command(
    name = "study",
    description = {
      "Compare search strategies on a table of known results, many times over.",
      "",
      "Every query is answered from the table: by the validation accuracy where the table has a test"
          + " accuracy too, by one of its runs where it has several. What is printed is the regret:"
          + " the best reported (test or mean) value of the table minus that of the network which"
          + " the strategy recommends. NAS-Bench-Macro's JSON and NAS-Bench-201 as CSV are known;"
          + " any other CSV or JSON lines by a schema, see docs/tables.md."
    },
    footer = {
      "  linnet study --table nas-bench-macro.json --strategies random,evolution",
      "  linnet study --table nas-bench-201.csv.gz --strategies all --objective cifar100",
      "  linnet study --table nas-bench-201.csv.gz --repeats 100 --objective accuracy,latency:fpga",
      "  linnet study --table mine.csv --schema mine.json --json study.json --html study.html",
      "  linnet study --list"
    })
final class StudyCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "The table, or a folder with one table in it; .gz is unpacked.")
  private Path table;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "A JSON file that says what the columns of a foreign table are.")
  private Path schema;

  @Option(
      names = "--strategies",
      paramLabel = "NAMES",
      defaultValue = "random,evolution",
      description = "With commas between them, or all (default: random,evolution).")
  private String strategies;

  @Option(
      names = "--objective",
      paramLabel = "NAMES",
      defaultValue = "accuracy",
      description =
          "What is to be good (default: accuracy, the first one of the table). With several, such as"
              + " accuracy,latency:fpga, the hypervolume is compared.")
  private String objective;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "300",
      description = "Queries of a strategy in one repeat (default: 300).")
  private Integer trials;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "500",
      description = "How often every strategy runs (default: 500).")
  private Integer repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of everything random (default: 1).")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Repeats that run at a time; changes no figure (default: one a core).")
  private Integer threads;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with the curves there, which opens without network.")
  private Path html;

  @Option(
      names = "--list",
      description = "Name the strategies, and the objectives of --table if it is given, and end.")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      list(out);
      return 0;
    }
    if (table == null) {
      throw new UsageException("--table: which table? A FILE is needed, or --list");
    }
    requireFolder("--json", json);
    requireFolder("--html", html);
    StudyOptions options = options(read());
    long start = System.nanoTime();
    StudyResult result = run(options);
    StudySummary.lines(result, (System.nanoTime() - start) / 1e9).forEach(out::println);
    if (json != null) {
      Files.writeString(json, StudyJson.of(result).toPrettyString() + "\n");
    }
    if (html != null) {
      StudyPage.write(result, main.command(), html);
    }
    return 0;
  }

  /** So that a study does not end with nowhere to go. */
  private static void requireFolder(String option, Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new CommandException(option + " " + file + ": no such folder " + folder);
    }
  }

  private StudyOptions options(Table rows) {
    return UsageException.unless(
        () -> {
          List<Goal> goals = Goal.parse(rows, objective);
          return new StudyOptions(
              rows,
              goals,
              names(goals.size() > 1),
              trials,
              repeats,
              seed,
              threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        });
  }

  private List<String> names(boolean severalObjectives) {
    if (strategies.equals(ALL)) {
      return severalObjectives ? Strategies.namesForSeveralObjectives() : Strategies.names();
    }
    return Arrays.stream(strategies.split(",", -1)).map(String::strip).toList();
  }

  private Table read() {
    return schema == null ? TableFile.read(table) : TableFile.read(table, schema);
  }

  private void list(PrintWriter out) {
    out.println("strategies: " + String.join(", ", Strategies.names()));
    if (table != null) {
      Table rows = read();
      out.printf("table: %s, %s rows%n", rows.name(), Text.count(rows.rows()));
      rows.measures().forEach(m -> out.println("objective: " + m.name()));
    }
  }

  private StudyResult run(StudyOptions options) {
    PrintWriter err = spec.commandLine().getErr();
    int all = options.strategies().size() * options.repeats();
    IntConsumer progress =
        done -> {
          if (done % Math.max(1, all / 10) == 0 && done < all) {
            err.printf("study: %s of %s runs%n", Text.count(done), Text.count(all));
            err.flush();
          }
        };
    try {
      return Study.run(options, progress);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }
}
