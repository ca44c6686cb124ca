package dev.linnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.report.RepeatsReport;
import dev.linnet.search.Repeats;
import dev.linnet.search.RunFolder;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Does a search with one seed after the other. Each is a search command of its own, in a run folder
 * of its own, which can be resumed and inspected as any other.
 */
final class RepeatedSearch {
  private static final int MOST = 1000;

  /** What each of the searches has a value of its own for. */
  private static final Set<String> OWN =
      Set.of("--repeats", "--seed", "--out", "--overwrite", "--resume", "--budget");

  private final CommandSpec spec;
  private final Main main;
  private final Repeats repeats;
  private final Map<String, List<String>> options;
  private final boolean overwrite;

  private RepeatedSearch(
      CommandSpec spec,
      Main main,
      Repeats repeats,
      Map<String, List<String>> options,
      boolean overwrite) {
    this.spec = spec;
    this.main = main;
    this.repeats = repeats;
    this.options = options;
    this.overwrite = overwrite;
  }

  /**
   * Checks the number of repeats.
   *
   * @param budget for all of them, or null
   * @throws UsageException if it makes no sense
   */
  static void require(int repeats, Duration budget) {
    if (repeats < 1 || repeats > MOST) {
      throw new UsageException("--repeats must be in 1…" + MOST + ", got " + repeats);
    }
    if (budget != null && budget.toSeconds() < repeats) {
      throw new UsageException(
          "--budget: %d s are too short for %d repeats".formatted(budget.toSeconds(), repeats));
    }
  }

  /** Begins in a folder that is empty or to be overwritten; the exit code. */
  static int begin(CommandSpec spec, Main main, Repeats repeats, boolean overwrite) {
    try (RunFolder run = RunFolder.create(repeats.folder(), overwrite)) {
      for (long seed : repeats.seeds()) {
        if (overwrite && Files.isDirectory(repeats.run(seed))) {
          RunFolder.create(repeats.run(seed), true).close(); // or a resume would take it as its own
        }
      }
      repeats.write(run);
      return new RepeatedSearch(spec, main, repeats, given(spec), overwrite).search(run);
    }
  }

  /** Goes on, by the options that it was begun with; the exit code. */
  static int resume(CommandSpec spec, Main main, Path folder) {
    try (RunFolder run = RunFolder.resumeRepeats(folder)) {
      Repeats repeats = Repeats.read(folder);
      CommandSpec recorded = ResumedOptions.of(repeats.arguments(), spec, main, folder).spec();
      Map<String, List<String>> options = given(recorded);
      given(spec)
          .forEach(
              (name, arguments) -> {
                if (ResumedOptions.FREE.contains(name)) {
                  options.put(name, arguments);
                }
              });
      return new RepeatedSearch(spec, main, repeats, options, false).search(run);
    }
  }

  /** The options of a command line, by their longest names, as arguments. */
  private static Map<String, List<String>> given(CommandSpec command) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      List<String> arguments = new ArrayList<>();
      if (option.arity().max() == 0) {
        arguments.add(name);
      } else {
        option.originalStringValues().forEach(value -> arguments.add(name + "=" + value));
      }
      given.put(name, arguments);
    }
    return given;
  }

  private int search(RunFolder run) {
    PrintWriter err = spec.commandLine().getErr();
    run.deleteResult();
    int code = 0;
    try (Interruption stop = Interruption.listen(line -> {})) {
      List<Long> seeds = repeats.seeds();
      for (int i = 0; i < seeds.size() && code == 0 && !stop.getAsBoolean(); i++) {
        if (!options.containsKey("--quiet")) {
          err.println(
              "linnet: repeat %d of %d, seed %d".formatted(i + 1, seeds.size(), seeds.get(i)));
        }
        code = search(seeds.get(i), i == 0 ? main.start() : Instant.now());
      }
      if (code == 0 && stop.getAsBoolean()) {
        code = Failures.INTERRUPTED;
      }
      if (code == 0 || code == Failures.INTERRUPTED) {
        JsonNode result = repeats.writeResult(run);
        RepeatsReport.write(run, result);
        lines(result).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
      }
      return code;
    }
  }

  /** Searches with one seed, or goes on with that; the exit code. */
  private int search(long seed, Instant start) {
    String[] arguments = arguments(seed).toArray(String[]::new);
    PrintWriter nothing = new PrintWriter(Writer.nullWriter());
    return Main.commandLine(arguments, nothing, spec.commandLine().getErr(), start)
        .execute(arguments);
  }

  private List<String> arguments(long seed) {
    List<String> arguments = new ArrayList<>(List.of("search"));
    options.forEach(
        (name, values) -> {
          if (!OWN.contains(name)) {
            arguments.addAll(values);
          }
        });
    if (options.containsKey("--budget")) {
      String budget = options.get("--budget").get(0);
      Duration all = Converters.duration(budget.substring(budget.indexOf('=') + 1));
      arguments.add("--budget=" + all.toSeconds() / repeats.count() + "s");
    }
    arguments.add("--seed=" + seed);
    arguments.add("--out=" + repeats.run(seed));
    if (!overwrite && Files.exists(repeats.run(seed).resolve("events.jsonl"))) {
      arguments.add("--resume");
    } else if (overwrite) {
      arguments.add("--overwrite");
    }
    return arguments;
  }

  /** Says what the repeats found. */
  private List<String> lines(JsonNode result) {
    List<String> lines = new ArrayList<>();
    if (result.path("complete").asInt() > 0) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("test accuracy, mean", "", "95 % interval over the seeds", ""));
      rows.add(row("winner", result.at("/best/testAccuracy")));
      for (JsonNode baseline : result.path("baselines")) {
        rows.add(row(baseline.path("role").asText(), baseline.path("testAccuracy")));
      }
      for (JsonNode baseline : result.path("baselines")) {
        rows.add(row("winner − " + baseline.path("role").asText(), baseline.path("lead")));
      }
      lines.addAll(Text.table(rows, 1));
      lines.add("");
      lines.add(RepeatsReport.sentence(result));
      lines.add("");
    }
    lines.add(
        "runs      %d of %d with seeds %d to %d have ended, %s"
            .formatted(
                result.path("complete").asInt(),
                repeats.count(),
                repeats.seed(),
                repeats.seed() + repeats.count() - 1,
                Text.duration(result.path("seconds").asDouble())));
    lines.add(
        "files     " + repeats.folder() + ": report.html, result.json, a folder for each seed");
    return lines;
  }

  private static List<String> row(String title, JsonNode interval) {
    boolean known = interval.path("low").isNumber();
    return List.of(
        title,
        number(interval.path("mean")),
        known ? number(interval.path("low")) : "none for",
        known ? number(interval.path("high")) : "one seed");
  }

  private static String number(JsonNode value) {
    return String.format(Locale.ROOT, "%.4f", value.asDouble());
  }
}
