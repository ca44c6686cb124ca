package dev.linnet.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the benchmarks, which are a program of their own on the class path. */
@Command(
    name = "bench",
    description = {
      "Measure kernels, inference and training steps on this machine.",
      "",
      "Each case runs in a JVM of its own (JMH). Right beside it are measured the peak of"
          + " multiply-adds in registers and a triad over as many bytes. Printed are the median of"
          + " the iterations, GFLOP/s (two operations for each multiply-accumulate of convolutions"
          + " and dense layers, nothing else) and percent of that peak; GB/s (inputs once, result"
          + " once) and percent of that triad where the memory binds; and bytes allocated on the"
          + " heap. Figures are worth something on a quiet machine only."
    },
    footer = {
      "  linnet bench --quick",
      "  linnet bench --filter depthwise --json bench.json --roofline bench.svg",
      "  linnet bench --quick --filter training --threads 2",
      "  linnet bench --model runs/first/model.linnet --backend scalar",
      "  linnet bench --quick --check bench",
      "  linnet bench --tiles --json tiles.json"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int ONE = 1;

  @Spec private CommandSpec spec;
  @Mixin private MachineOptions machine;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only the cases with this in their names.")
  private String filter;

  @Option(
      names = "--quick",
      description = "Shorter runs, rougher figures; without --filter also fewer cases.")
  private boolean quick;

  @Option(
      names = "--tiles",
      description =
          "Measure instead the tiles that the kernels of the backend vector are made of, those that"
              + " they take and those that they might, at this JVM's width of vectors: percent of"
              + " the peak, in the first caches, on one thread. Goes with --json and --quick.")
  private boolean tiles;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Measure inference of this model instead.")
  private Path model;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the figures to this file; one that is there is replaced.")
  private Path json;

  @Option(
      names = "--roofline",
      paramLabel = "FILE",
      description = "Also draw the kernels under the machine's roofs, as SVG.")
  private Path roofline;

  @Option(
      names = "--check",
      paramLabel = "FOLDER",
      description =
          "Compare with the baseline of this CPU in FOLDER/baselines; fail if a case stays below"
              + " 80 %% of it in three tries. Without such a baseline nothing is compared.")
  private Path check;

  @Option(
      names = "--accept",
      paramLabel = "FOLDER",
      description = "Measure three times and make the medians the baseline of this CPU.")
  private Path accept;

  @Option(
      names = "--record",
      paramLabel = "FOLDER",
      description = "Add a line to FOLDER/history.jsonl and draw FOLDER/history.html anew.")
  private Path record;

  @Override
  public Integer call() throws IOException {
    if (model != null) {
      ModelOptions.read(model);
    }
    List<String> command = BenchProgram.command();
    command.addAll(arguments());
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "linnet-bench-end"));
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        out.flush();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("bench: interrupted", e);
    } finally {
      process.destroy();
    }
  }

  /** The options once more, as the benchmarks read them. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--backend", machine.backend());
    add(arguments, "--threads", machine.threadsOr(ONE));
    add(arguments, "--filter", filter);
    add(arguments, "--model", model);
    add(arguments, "--json", json);
    add(arguments, "--roofline", roofline);
    add(arguments, "--check", check);
    add(arguments, "--accept", accept);
    add(arguments, "--record", record);
    if (quick) {
      arguments.add("--quick");
    }
    if (tiles) {
      arguments.add("--tiles");
    }
    if (spec.findOption("--verbose").getValue() instanceof Boolean verbose && verbose) {
      arguments.add("--verbose");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String option, Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
