package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.model.Model;
import dev.linnet.search.EventLog;
import dev.linnet.space.CellSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent by kill")
class InterruptionTest {
  @TempDir Path folder;

  @Test
  void ctrlCEndsASearchWithTheBestSoFarAndAWholeRunFolder() throws Exception {
    Path data = SmallData.write(folder.resolve("data"));
    Path run = folder.resolve("runs/a b");
    boolean ctrlC = !ctrlCIsIgnored();
    String out =
        interrupted(
            List.of("search", "--data", data.toString(), "--out", run.toString(), "--seed", "5"),
            "training the supernet",
            ctrlC ? "INT" : "TERM",
            ctrlC ? 130 : 143);
    Model model = Model.read(run.resolve("model.linnet"));
    JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    JsonNode best = result.get("best");
    assertTrue(result.get("interrupted").asBoolean());
    assertEquals(5, result.get("seed").asLong());
    assertTrue(result.get("command").asText().contains(" --out '" + run + "' --seed 5 "));
    assertEquals(model.genotype(), best.get("genotype").asText());
    assertEquals(model.weightsChecksum(), best.get("weights").asText());
    String report = Files.readString(run.resolve("report.html"));
    assertTrue(report.contains(model.genotype()) && report.contains("</html>"));
    EventLog.Content events = EventLog.read(run.resolve("events.jsonl"));
    assertEquals(Optional.empty(), events.damage());
    assertEquals("end", events.events().get(events.events().size() - 1).type());
    assertTrue(out.startsWith("winner    " + model.genotype()), out);
    String accuracy = Text.accuracy(best.get("testAccuracy").asDouble());
    assertTrue(out.contains("test accuracy " + accuracy), out);
    assertTrue(out.contains(Text.count(best.get("params").asLong()) + " parameters"), out);
    assertTrue(out.contains("interrupted: the best so far"), out);
    assertTrue(out.contains("predict --model '" + run + "/model.linnet' IMAGE.png"), out);
    Cli.run("search", "--data", data.toString(), "--out", run.toString())
        .failed(1, run.toString(), "--overwrite");
  }

  @Test
  void terminationEndsATrainingWithWhatThereIs() throws Exception {
    Path data = SmallData.write(folder.resolve("data"));
    String genotype = CellSpace.space().genotype(0, 0, 0, 1, 0, 0).toString();
    Path file = folder.resolve("stopped.linnet");
    String out =
        interrupted(
            List.of(
                "train",
                "--genotype",
                genotype,
                "--epochs",
                "99999",
                "--data",
                data.toString(),
                "--model",
                file.toString()),
            "training (99,999)",
            "TERM",
            143);
    assertTrue(out.contains(" of 99,999 epochs"), out);
    assertEquals(genotype, Model.read(file).genotype());
  }

  /** Runs a command in a JVM of its own, and sends it a signal once it has printed a line. */
  private static String interrupted(List<String> args, String line, String signal, int code)
      throws Exception {
    List<String> command = new ArrayList<>(heeding(signal));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(args);
    command.addAll(List.of("--backend", "scalar", "--threads", "1"));
    Process process = new ProcessBuilder(command).start();
    try {
      BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
      awaitLine(err, line);
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      awaitLine(err, "linnet: interrupted");
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> complaints = err.lines().filter(l -> l.startsWith("linnet: ")).toList();
      assertEquals(List.of(), complaints);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(code, process.exitValue());
      return out;
    } finally {
      process.destroyForcibly();
    }
  }

  /** How to start a process that heeds a signal which this one may have been started to ignore. */
  private static List<String> heeding(String signal) throws Exception {
    List<String> command = List.of("env", "--default-signal=" + signal);
    List<String> trial = new ArrayList<>(command);
    trial.add("true");
    boolean known = new ProcessBuilder(trial).start().waitFor() == 0; // not everywhere
    return known ? command : List.of();
  }

  /** A shell's background job and its children ignore SIGINT for good. */
  private static boolean ctrlCIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(mask -> (mask & 1L << (2 - 1)) != 0); // SIGINT is 2
  }

  private static void awaitLine(BufferedReader lines, String start) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return;
      }
      seen.add(line);
    }
    throw new AssertionError("no line '" + start + "' in " + seen);
  }

  @Test
  void whatIsDoneIsNotInterrupted() {
    List<String> notices = new ArrayList<>();
    try (Interruption interruption = Interruption.listen(notices::add)) {
      assertTrue(!interruption.getAsBoolean());
    }
    assertEquals(List.of(), notices);
  }
}
