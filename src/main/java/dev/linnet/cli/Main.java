package dev.linnet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Linnet. */
@Command(
    name = "linnet",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Neural architecture search for the JVM.",
    subcommands = {
      SearchCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      InspectCommand.class,
      CandidateCommand.class,
      LatencyCommand.class,
      PredictCommand.class,
      StudyCommand.class,
      BenchCommand.class,
      ExportCommand.class,
      DevicesCommand.class
    },
    footer = {
      "  linnet search --data digits --budget 2m --out runs/first",
      "  linnet predict --model runs/first/model.linnet image.png",
      "  linnet search --help"
    })
public final class Main implements Runnable {
  /** What the launcher was called as. */
  private static final String NAME = System.getProperty("linnet.command", "linnet");

  @Spec private CommandSpec spec;
  private final List<String> arguments;
  private final Instant start;

  private Main(String[] args, Instant start) {
    this.start = start;
    this.arguments = List.of(args);
  }

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = stream(FileDescriptor.out, "stdout");
    PrintWriter err = stream(FileDescriptor.err, "stderr");
    Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    System.exit(run(args, out, err, start));
  }

  /**
   * Runs a command.
   *
   * @param out receives results
   * @param err receives progress, and one line about a failure
   * @return the exit code: 0, 1 for a failure, 2 for a command that is wrong in itself, 130 for an
   *     interrupted one
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, out, err, Instant.now());
  }

  private static int run(String[] args, PrintWriter out, PrintWriter err, Instant start) {
    try {
      return commandLine(args, out, err, start).execute(args);
    } catch (Error e) { // such as OutOfMemoryError: picocli hands over exceptions only
      return Failures.report(e, err, Arrays.asList(args).contains("--verbose"));
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** The parser with all commands. */
  static CommandLine commandLine(String[] args, PrintWriter out, PrintWriter err, Instant start) {
    Failures failures = new Failures();
    CommandLine line = new CommandLine(new Main(args, start));
    Converters.register(line);
    line.getCommandSpec().usageMessage().footerHeading("%nExamples:%n");
    for (CommandLine each : Set.copyOf(line.getSubcommands().values())) { // one has two names
      each.addMixin("common", new CommonOptions());
      each.getCommandSpec()
          .usageMessage()
          .sortOptions(false)
          .optionListHeading("%nOptions:%n")
          .footerHeading("%nExamples:%n");
    }
    return line.setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(96)
        .setUsageHelpAutoWidth(false)
        .setOverwrittenOptionsAllowed(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** The command line as it was given, quoted for a shell. */
  String command() {
    return NAME + arguments.stream().map(a -> " " + Text.shell(a)).collect(Collectors.joining());
  }

  /** The arguments as they were given, the name of the subcommand first. */
  List<String> arguments() {
    return arguments;
  }

  /** When the JVM of this command began. */
  Instant start() {
    return start;
  }

  /** How long this command has been going on, the start of the JVM included. */
  Duration spent() {
    return Duration.between(start, Instant.now());
  }

  /** The command line of a subcommand that the user may want next. */
  static String suggestion(String subcommand, String... args) {
    return NAME
        + " "
        + subcommand
        + Arrays.stream(args).map(a -> " " + Text.shell(a)).collect(Collectors.joining());
  }

  /** The version of this build. */
  static String version() {
    return Optional.ofNullable(Main.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("(not run as a module)");
  }

  /** In the terminal's charset; in UTF-8 where Java knows of none but ASCII. */
  private static PrintWriter stream(FileDescriptor descriptor, String name) {
    String encoding =
        System.getProperty(name + ".encoding", System.getProperty("native.encoding", "UTF-8"));
    Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : null;
    if (charset == null || charset.equals(StandardCharsets.US_ASCII)) {
      charset = StandardCharsets.UTF_8;
    }
    return new PrintWriter(new FileOutputStream(descriptor), false, charset);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Says the version of this build and of the Java that runs it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String from = System.getProperty("linnet.java.from");
      String java = "Java " + Runtime.version() + " at " + System.getProperty("java.home");
      return new String[] {
        "linnet " + version(),
        from == null ? java : java + " (" + from + "; LINNET_JAVA sets another)"
      };
    }
  }
}
