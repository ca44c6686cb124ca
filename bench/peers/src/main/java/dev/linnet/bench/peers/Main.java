package dev.linnet.bench.peers;

import dev.linnet.bench.ceiling.Ceilings;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Linnet beside its peers. */
@Command(
    name = "bench/peers/run",
    sortOptions = false,
    description = "Measures Linnet beside ONNX Runtime, PyTorch and OpenBLAS, in turns.",
    footer = {
      "",
      "Options of the script:",
      "      --java=HOME          the Java to run on; else JAVA_HOME's, else the PATH's",
      "      --bits=256           no AVX-512 for Linnet, OpenBLAS and PyTorch; ONNX",
      "                             Runtime has no such switch",
      "      --malloc=default     leaves glibc's memory as it is: PyTorch trains slower",
      "      --vm=OPTION          one more option for the JVM; may be repeated"
    })
public final class Main implements Callable<Integer> {
  private static final int WRONG = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--group",
      split = ",",
      paramLabel = "GROUP",
      description = {
        "What to measure: conv17, conv-chain, sgemm, sgemm-gradients, train, inference,"
            + " inference-pytorch.",
        "Default: conv17,sgemm,train,inference."
      })
  private List<String> groups =
      Stream.of(Group.CONV17, Group.SGEMM, Group.TRAIN, Group.INFERENCE)
          .map(Group::toString)
          .toList();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Threads of every engine; several numbers, several runs. Default: 1.")
  private List<Integer> threads = List.of(1);

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only the cases with this in their names.")
  private String filter = "";

  @Option(names = "--quick", description = "Fewer and shorter rounds.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures there.")
  private Path json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  private Main() {}

  /** Runs the command line. */
  public static void main(String... args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    List<Group> chosen = groups.stream().map(this::group).toList();
    if (threads.stream().anyMatch(n -> n < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, got " + threads);
    }
    PrintWriter out = spec.commandLine().getOut();
    Report report = new Report(out);
    for (int count : threads) {
      try (Backend backend =
          Backends.open("vector", new BackendProvider.Options(count), out::println)) {
        Ceilings ceilings = new Ceilings(1, 0);
        Duel duel = quick ? Duel.quick(ceilings) : Duel.thorough(ceilings);
        report.head(environment(backend));
        for (Group group : chosen) {
          for (Case each : group.cases(backend, count)) {
            if (each.name().contains(filter)) {
              report.add(duel.fight(each));
              if (json != null) {
                report.write(json);
              }
            }
          }
          report.summary(group.toString(), count);
        }
      }
    }
    return report.agrees() ? 0 : WRONG;
  }

  private Group group(String name) {
    List<String> known = new ArrayList<>();
    for (Group group : Group.values()) {
      if (group.toString().equals(name)) {
        return group;
      }
      known.add(group.toString());
    }
    throw new ParameterException(
        spec.commandLine(), "no group " + name + "; there are " + String.join(", ", known));
  }

  /** What ran where, in one line. */
  private static String environment(Backend backend) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s; Java %s; %s; OpenBLAS kernels: %s",
        backend.description(),
        Runtime.version(),
        processor(),
        OpenBlasRun.core());
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> Arrays.stream(line.split(":")).skip(1).findFirst().orElse(line).strip())
        .orElse(System.getProperty("os.arch"));
  }
}
