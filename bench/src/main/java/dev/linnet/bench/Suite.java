package dev.linnet.bench;

import dev.linnet.bench.cases.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures cases, each in a fork of its own.
 *
 * @param backend the name of one that is usable
 * @param threads of the backend
 * @param quick shorter, rougher
 * @param verbose prints all that JMH and the forks print
 * @param model the file of the cases of a model, or null
 */
record Suite(String backend, int threads, boolean quick, boolean verbose, Path model) {
  /**
   * Measures a case. What the fork prints goes to a file, and its end into the message of a
   * failure.
   *
   * @throws RunnerException if the fork fails
   */
  Measurement measure(Case each) throws RunnerException {
    if (verbose) {
      return measure(each, options(each).verbosity(VerboseMode.EXTRA));
    }
    try {
      Path log = Files.createTempFile("linnet-bench", ".log");
      try {
        return measure(each, options(each).verbosity(VerboseMode.NORMAL).output(log.toString()));
      } catch (RunnerException e) {
        throw new RunnerException(each.name() + " failed: " + reason(log), e);
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Measurement measure(Case each, ChainedOptionsBuilder options)
      throws RunnerException {
    RunResult result = new Runner(options.build()).runSingle();
    List<IterationResult> iterations = new ArrayList<>();
    result.getBenchmarkResults().forEach(fork -> iterations.addAll(fork.getIterationResults()));
    return Measurement.of(each.name(), iterations);
  }

  private ChainedOptionsBuilder options(Case each) {
    Plan plan = Plan.of(each, quick);
    return new OptionsBuilder()
        .include("^" + CaseBenchmark.class.getName().replace(".", "\\.") + "\\.run$")
        .param("backend", backend)
        .param("name", each.name())
        .forks(1)
        .warmupIterations(plan.warmups())
        .warmupTime(plan.warmup())
        .measurementIterations(plan.iterations())
        .measurementTime(plan.measurement())
        .jvmArgsAppend(properties().toArray(String[]::new))
        .shouldFailOnError(true);
  }

  /** The first line of the log that names an exception; the last line if there is none. */
  private static String reason(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.matches("\\S+(Exception|Error)\\b.*"))
        .findFirst()
        .orElse(lines.isEmpty() ? "the fork said nothing" : lines.get(lines.size() - 1));
  }

  private List<String> properties() {
    List<String> properties = new ArrayList<>();
    properties.add("-D" + CaseBenchmark.THREADS + "=" + threads);
    properties.add("-D" + CaseBenchmark.VERBOSE + "=" + verbose);
    if (model != null) {
      properties.add("-D" + CaseBenchmark.MODEL + "=" + model.toAbsolutePath());
    }
    return properties;
  }
}
