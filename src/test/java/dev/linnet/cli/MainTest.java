package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  @Test
  void withoutArgumentsItNamesEveryCommand() {
    String out = Cli.run().succeeded().out();
    for (String command :
        List.of("search", "train", "evaluate", "predict", "study", "bench", "export", "devices")) {
      assertTrue(out.contains("\n  " + command + " "), out);
    }
  }

  @Test
  void itSaysItsVersionAndJava() {
    String out = Cli.run("--version").succeeded().out();
    assertTrue(out.startsWith("linnet "), out);
    assertTrue(out.contains("Java " + Runtime.version()), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"search", "train", "evaluate", "predict", "study", "bench", "export", "devices"})
  void theHelpOfACommandHasExamplesThatItAccepts(String command) {
    String help = Cli.run(command, "--help").succeeded().out();
    List<String> examples =
        help.lines()
            .dropWhile(line -> !line.equals("Examples:"))
            .skip(1)
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    assertFalse(examples.isEmpty(), help);
    for (String example : examples) {
      assertTrue(example.startsWith("linnet "), example);
      String[] args = example.replaceAll("\\|.*", "").strip().split(" +");
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      CommandLine.ParseResult parsed =
          Main.commandLine(args, nowhere, nowhere, Instant.now())
              .parseArgs(List.of(args).subList(1, args.length).toArray(String[]::new));
      assertTrue(parsed.hasSubcommand(), example);
      assertEquals(command, parsed.subcommand().commandSpec().name(), example);
    }
  }

  @Test
  void anUnknownCommandIsRefusedWithTheNearestOne() {
    Cli.run("serach").failed(2, "unknown command 'serach'", "did you mean search?");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestOne() {
    Cli.run("predict", "--modle=x", "image.png")
        .failed(2, "unknown option '--modle'", "did you mean --model?");
  }

  @Test
  void aMissingOptionIsNamed() {
    Cli.run("evaluate").failed(2, "--model");
  }

  @Test
  void anOptionWithoutItsValueIsNamed() {
    Cli.run("evaluate", "--model").failed(2, "--model");
  }

  @Test
  void anOptionThatIsGivenTwiceIsRefused() {
    Cli.run("evaluate", "--model", "a", "--model", "b").failed(2, "--model");
  }

  @Test
  void anArgumentTooManyIsNamed() {
    Cli.run("devices", "gpu").failed(2, "unexpected argument 'gpu'");
  }

  @Test
  void aNumberThatIsNoneIsNamed() {
    Cli.run("bench", "--threads", "two").failed(2, "--threads", "'two' is no whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "99999999999", "99999999999999999999"})
  void aNumberOfThreadsOutOfRangeIsNamed(String threads) {
    Cli.run("bench", "--threads", threads).failed(2, "--threads", threads);
  }

  @Test
  void aDeviceOfABackendWithoutDevicesIsRefusedBeforeAnythingBegins() {
    String none = "--backend: backend scalar has no devices to choose among, got scalar:7";
    Cli.run("bench", "--backend", "scalar:7").failed(1, none);
    Cli.run("search", "--data", "digits", "--backend", "scalar:7").failed(1, none);
    Cli.run("train", "--genotype", "0", "--backend", "scalar:7").failed(1, none);
    Cli.run("bench", "--backend", "auto:7").failed(1, "a device or a precision belongs to a");
  }

  @Test
  void aPrecisionThatTheBackendLacksIsAUsageError() {
    String[][] commands = {
      {"bench", "--backend", "scalar"},
      {"search", "--data", "digits", "--backend", "scalar"},
      {"train", "--genotype", "0", "--backend", "scalar"}
    };
    for (String[] command : commands) {
      List<String> line = new ArrayList<>(List.of(command));
      line.addAll(List.of("--precision", "tf32"));
      Cli.run(line.toArray(String[]::new))
          .failed(
              2,
              "--precision: backend scalar has fp32 only, got tf32; tf32 is for --backend cuda on a"
                  + " GPU of compute capability 8.0 or newer");
    }
    Cli.run("bench", "--precision", "tf32").failed(2, "--precision", "auto/tf32");
    Cli.run("bench", "--precision", "tf23").failed(2, "unknown precision 'tf23'", "mean tf32?");
  }

  @Test
  void anUnknownBackendIsRefusedWithTheNearestOne() {
    Cli.run("bench", "--backend", "scaler")
        .failed(2, "unknown backend 'scaler'", "did you mean scalar?");
  }
}
