package dev.linnet.bench;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints times, GFLOP/s and percent of the peak that is measured in the
 * same run. Figures are worth something on a quiet machine only.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -cp … dev.linnet.bench.Main
 *       [--backend NAME] [--threads N] [--quick] [PATTERN …]
 * </pre>
 *
 * A pattern selects benchmarks by name: Convolution, Channel, Training. Without one all are run.
 */
public final class Main {
  private static final String PEAK = "PeakBenchmark";

  private String backend = "vector";
  private int threads = 1;
  private boolean quick;
  private final List<String> patterns = new ArrayList<>();

  private Main() {}

  /**
   * The command line.
   *
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] args) throws RunnerException {
    Main main = new Main();
    String error = main.parse(args);
    if (error != null) {
      System.err.println("bench: " + error);
      System.exit(2);
    }
    main.run();
  }

  private String parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--quick")) {
        quick = true;
      } else if (arg.equals("--backend") || arg.equals("--threads")) {
        if (++i == args.length) {
          return arg + " needs a value";
        }
        if (arg.equals("--backend")) {
          backend = args[i];
        } else if (args[i].matches("[1-9][0-9]{0,3}")) {
          threads = Integer.parseInt(args[i]);
        } else {
          return "--threads needs a positive number, got " + args[i];
        }
      } else if (arg.startsWith("-")) {
        return "unknown option " + arg + "; there are --backend, --threads, --quick";
      } else {
        patterns.add(arg);
      }
    }
    try (Backend opened = Backends.open(backend, new BackendProvider.Options(threads), l -> {})) {
      System.out.println("backend: " + opened.description());
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    return null;
  }

  private void run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .param("backend", backend)
            .jvmArgsPrepend("-D" + BenchmarkBackend.THREADS + "=" + threads)
            .shouldFailOnError(true)
            .include(PEAK);
    for (String pattern : patterns.isEmpty() ? List.of("dev.linnet.bench") : patterns) {
      options.include(pattern);
    }
    if (quick) {
      options
          .warmupTime(TimeValue.milliseconds(500))
          .warmupIterations(3)
          .measurementTime(TimeValue.milliseconds(300))
          .measurementIterations(2);
    }
    print(new Runner(options.build()).run());
  }

  private void print(Collection<RunResult> results) {
    double peak = 0;
    for (RunResult result : results) {
      if (result.getParams().getBenchmark().contains(PEAK)) {
        peak = PeakBenchmark.macs() * 2 / microseconds(result) * 1e-3;
      }
    }
    System.out.printf(Locale.ROOT, "%npeak of one core: %.0f GFLOP/s%n", peak);
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      double time = microseconds(result);
      String name = params.getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\..*", "$1");
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
      for (String key : params.getParamsKeys()) {
        line.append(String.format(Locale.ROOT, " %-16s", params.getParam(key)));
      }
      line.append(String.format(Locale.ROOT, " %12.1f us", time));
      if (name.equals("Convolution")) {
        double rate = macs(params) * 2 / time * 1e-3;
        line.append(
            String.format(
                Locale.ROOT, " %7.1f GFLOP/s %4.0f %%", rate, 100 * rate / (peak * threads)));
      } else if (name.equals("Training")) {
        line.append(
            String.format(Locale.ROOT, " %7.0f images/s", TrainingBenchmark.BATCH / time * 1e6));
      }
      System.out.println(line);
    }
  }

  private static double microseconds(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static long macs(BenchmarkParams params) {
    try (Backend scalar = Backends.open("scalar", new BackendProvider.Options(1), line -> {})) {
      return ConvolutionBenchmark.kernel(scalar, params.getParam("shape"), params.getParam("pass"))
          .macs();
    }
  }
}
