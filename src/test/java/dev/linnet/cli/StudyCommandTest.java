package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.study.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Tables.write(folder);
  }

  private Cli study(Object... more) {
    List<String> args = new ArrayList<>(List.of("study", "--trials", "30", "--repeats", "8"));
    args.addAll(List.of("--table", folder.resolve("hills.csv").toString()));
    args.addAll(List.of("--schema", folder.resolve("hills.json").toString()));
    for (Object each : more) {
      args.add(each.toString());
    }
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void itPrintsRegretsRanksAndSignificance() {
    String out = study().succeeded().out();
    for (String part :
        List.of(
            "hills: 216 rows, 216 networks; objective accuracy",
            "regret in percentage points",
            "30 queries, 8 repeats, seed 1",
            "95 % confidence interval, bootstrap",
            "median number of queries until the optimum was asked",
            "simulated time",
            "mean rank",
            "p (Friedman)",
            "Wilcoxon's signed-rank test, Holm's correction")) {
      assertTrue(out.contains(part), part + " is not in:\n" + out);
    }
    assertTrue(out.lines().anyMatch(l -> l.matches("  evolution +\\d.*\\[.*, .*\\].*")), out);
  }

  @Test
  void theSameSeedGivesTheSameFiguresOnAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.json");
    Path two = folder.resolve("two.json");
    study("--threads", 1, "--json", one).succeeded();
    study("--threads", 3, "--json", two).succeeded();
    assertEquals(Files.readString(one), Files.readString(two));
    study("--seed", 2, "--json", two).succeeded();
    assertFalse(Files.readString(one).equals(Files.readString(two)), "another seed");
  }

  @Test
  void jsonAndPageAreWritten() throws IOException {
    Path json = folder.resolve("study.json");
    Path html = folder.resolve("study.html");
    study("--json", json, "--html", html, "--strategies", "random,local").succeeded();
    JsonNode study = new ObjectMapper().readTree(Files.readString(json));
    assertEquals("local", study.at("/strategies/1/name").asText());
    assertTrue(study.at("/strategies/1/regret/25/low").isNumber(), study.toString());
    String page = Files.readString(html);
    assertTrue(page.contains("<td>") && page.contains("\"meanCurve\""), "figures are in the page");
    assertTrue(page.length() > 500_000, "the charts' library is in the page");
    assertFalse(page.contains("<script src") || page.contains("<link"), "nothing is loaded");
    assertFalse(page.contains("${figures}"), "the tables are in the page");
  }

  @Test
  void severalObjectivesGiveHypervolumes() {
    String out = study("--objective", "accuracy,latency", "--strategies", "all").succeeded().out();
    assertTrue(out.contains("hypervolume, as a part of that of the table's front"), out);
    assertTrue(out.contains("nsga2"), out);
  }

  @Test
  void theListNamesStrategiesAndObjectives() {
    String out = Cli.run("study", "--list").succeeded().out();
    assertTrue(out.contains("strategies: evolution, random"), out);
    String more = study("--list").succeeded().out();
    assertTrue(more.contains("objective: latency:chip"), more);
  }

  @Test
  void whatIsWrongIsSaidInOneLineWithWhatWouldBeRight() throws IOException {
    Cli.run("study").failed(2, "--table", "--list");
    Cli.run("study", "--table", "nowhere.json").failed(1, "nowhere.json: no such file");
    Cli.run("study", "--table", folder.resolve("hills.csv").toString()).failed(1, "--schema");
    study("--strategies", "evolutoin").failed(2, "'evolutoin'", "did you mean evolution?");
    study("--objective", "acuracy").failed(2, "'acuracy'", "did you mean accuracy?");
    study("--strategies", "local", "--objective", "accuracy,chip").failed(2, "local");
    study("--threads", 0).failed(2, "threads 0");
    study("--json", folder.resolve("no/x.json")).failed(1, "--json", "no such folder");
    Files.writeString(folder.resolve("hills.csv"), Tables.csv().replace("1,2,3,26,", "1,2,3,NaN,"));
    study().failed(1, "column early: 'NaN' is no finite number");
  }
}
