package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.core.model.Model;
import dev.linnet.search.EventLog;
import dev.linnet.search.SmallSearch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches in processes of their own, killed at random moments: a small one, and with {@code
 * -Dlinnet.kills=50} that of the command line on all digits, with a supernet and trainings from
 * scratch of usual length for small networks, so many times.
 */
@Tag("once")
class KilledSearchTest {
  private static final int FEW = 3;
  private static final long PATIENCE_SECONDS = 600;

  @TempDir private Path temp;

  /** Starts a search in a folder, or lets it go on there. */
  @FunctionalInterface
  private interface Start {
    Process in(Path out) throws IOException;
  }

  private Process java(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.add("--add-modules=jdk.incubator.vector");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    Arrays.stream(arguments).forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.appendTo(temp.resolve("out").toFile()))
        .redirectError(Redirect.appendTo(temp.resolve("err").toFile()))
        .start();
  }

  private Process smallSearch(Path out) throws IOException {
    return java(SmallSearch.class.getName(), out);
  }

  private Process search(Path out) throws IOException {
    String main = Main.class.getName();
    return begun(out)
        ? java(main, "search", "--resume", "--out", out)
        : java(main, "search", "--overwrite", "--space", space(), "--trials", 10, "--out", out);
  }

  private Path space() throws IOException {
    return Files.writeString(temp.resolve("small.json"), SmallSpace.JSON);
  }

  private void assertEnds(Process process) throws Exception {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), () -> read(temp.resolve("err")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> history(Path out) {
    EventLog.Content content = EventLog.read(out.resolve("events.jsonl"));
    assertTrue(content.damage().isEmpty(), content.damage().toString());
    return content.events().stream().map(e -> e.type() + " " + e.fields()).toList();
  }

  private static String weights(Path out) {
    return Model.read(out.resolve("model.linnet")).weightsChecksum();
  }

  @Test
  void aSearchThatIsKilledAgainAndAgainEndsAsOneThatWasNot() throws Exception {
    assertInspected(killed(this::smallSearch, FEW));
  }

  @Test
  void soDoesOneForSeveralObjectivesWhoseCandidatesHaveProcessesOfTheirOwn() throws Exception {
    int kills = Integer.getInteger("linnet.kills", 0);
    assumeTrue(kills > 0, "takes a while: -Dlinnet.kills=50");
    Path data = SmallData.write(temp.resolve("data"));
    killed(out -> isolated(data, out), Math.min(kills, FEW));
  }

  private Process isolated(Path data, Path out) throws IOException {
    List<Object> begin =
        List.of(
            "--data",
            data,
            "--space",
            space(),
            "--objective",
            "accuracy,macs",
            "--trials",
            4,
            "--backend",
            "scalar",
            "--tune",
            "--overwrite");
    List<Object> arguments = new ArrayList<>(List.of(Main.class.getName(), "search"));
    arguments.addAll(begun(out) ? List.of("--resume") : begin);
    arguments.addAll(List.of("--isolate", "--parallel", 2, "--out", out));
    return java(arguments.toArray());
  }

  private static boolean begun(Path out) throws IOException {
    return Files.exists(out.resolve("events.jsonl"))
        && Files.readString(out.resolve("events.jsonl")).contains("\n");
  }

  @Test
  void soDoesTheSearchOfTheCommandLineOnDigits() throws Exception {
    int kills = Integer.getInteger("linnet.kills", 0);
    assumeTrue(kills > 0, "takes a while: -Dlinnet.kills=50");
    killed(this::search, kills);
  }

  /** Kills a search so many times; where it has ended in between, another one is begun. */
  private Path killed(Start start, int most) throws Exception {
    Path whole = temp.resolve("whole");
    long begin = System.nanoTime();
    assertEnds(start.in(whole));
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Random random = new Random(most);
    Path out = temp.resolve("killed");
    int kills = 0;
    int ended = 0;
    while (kills < most) {
      Process process = start.in(out);
      long moment = (long) (1000 * (0.3 + random.nextDouble() * seconds * 0.7));
      if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        assertEnds(process);
        assertSame(whole, out);
        out = temp.resolve("killed" + ++ended);
      } else {
        process.destroyForcibly().waitFor(); // SIGKILL
        kills++;
      }
    }
    assertEnds(start.in(out));
    assertSame(whole, out);
    System.out.printf(
        "killed %d times: %d searches of %.0f s ended as the one that was not%n",
        kills, ended + 1, seconds);
    return out;
  }

  private static void assertSame(Path whole, Path out) {
    assertEquals(history(whole), history(out));
    assertEquals(weights(whole), weights(out));
    assertFalse(Files.exists(out.resolve("checkpoints")));
  }

  /** The result is told by the log alone, also where its end is damaged. */
  private static void assertInspected(Path out) throws IOException {
    String result = Files.readString(out.resolve("result.json"));
    Files.delete(out.resolve("result.json"));
    Files.delete(out.resolve("model.linnet"));
    Cli.run("inspect", out.toString()).succeeded();
    assertEquals(result, Files.readString(out.resolve("result.json")));
    assertTrue(Files.readString(out.resolve("report.html")).contains("tiny"));
    byte[] log = Files.readAllBytes(out.resolve("events.jsonl"));
    String text = new String(log, StandardCharsets.UTF_8);
    int end = text.substring(0, text.length() - 1).lastIndexOf('\n');
    int bytes = text.substring(0, end + 20).getBytes(StandardCharsets.UTF_8).length;
    Files.write(out.resolve("events.jsonl"), Arrays.copyOf(log, bytes));
    Cli cut = Cli.run("report", out.toString()).succeeded();
    cut.oneLine("is cut off; the ", " before it are good");
    assertTrue(cut.out().contains("none yet"), cut.out());
    assertFalse(Files.exists(out.resolve("result.json")));
  }
}
