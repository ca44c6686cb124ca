package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.model.Metadata;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.search.RunException;
import dev.linnet.search.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole page, from run folders whole and broken. */
final class ReportTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern VALUE =
      Pattern.compile("<data value=\"([^\"]+)\" data-of=\"([^\"]+)\">([^<]+)</data>");
  private static final List<String> NETWORK_FIGURES =
      List.of("testAccuracy", "valAccuracy", "params", "macs", "latencyMs");

  @TempDir private Path folder;

  private String page() throws IOException {
    Report.write(folder);
    return Files.readString(folder.resolve("report.html"));
  }

  private static JsonNode data(String page) throws IOException {
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(start) + start.length();
    return JSON.readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  private static void writeModel(Path folder) {
    Graph graph = SampleNetworks.residual();
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      store.initialize(graph, 1);
      Preprocessing pixels = new Preprocessing(28, 28, 1, new float[] {0.3f}, new float[] {0.4f});
      Metadata metadata =
          new Metadata(List.of("cat", "dog"), pixels, "conv:1:2", "conv", Provenance.empty());
      Model.of(graph, store, metadata).write(folder.resolve("model.linnet"));
    }
  }

  @Test
  void everyNumberOnThePageEqualsTheOneInResultJson() throws IOException {
    JsonNode result = SampleRun.complete().write(folder).result();
    String page = page();
    Map<String, String> shown = new TreeMap<>();
    Matcher value = VALUE.matcher(page);
    while (value.find()) {
      JsonNode expected = result.at("/" + value.group(2).replace('.', '/'));
      assertTrue(expected.isNumber(), value.group(2) + " is no number of result.json");
      assertEquals(expected.asDouble(), Double.parseDouble(value.group(1)), 0, value.group(2));
      shown.put(value.group(2), value.group(3));
    }
    for (String network : List.of("best", "baselines.0", "baselines.1")) {
      NETWORK_FIGURES.forEach(key -> assertTrue(shown.containsKey(network + "." + key), key));
    }
    assertTrue(
        shown
            .keySet()
            .containsAll(
                List.of(
                    "seconds",
                    "seed",
                    "trials",
                    "threads",
                    "rank.networks",
                    "rank.kendallSupernet",
                    "rank.kendallMacs")),
        shown.keySet().toString());
    assertEquals("98.33\u00A0%", shown.get("baselines.0.testAccuracy"));
    assertEquals("911,360", shown.get("baselines.1.macs"));
    assertEquals("0.47", shown.get("rank.kendallSupernet"));
    assertEquals(JSON.readTree(result.toString()), data(page).path("result"));
  }

  @Test
  void theFrontOfSeveralObjectivesIsATableAndMarkedInTheChart() throws IOException {
    SampleRun run = SampleRun.complete().writeEvents(folder);
    ObjectNode result = run.result();
    result.putArray("objectives").add("accuracy").add("latency");
    ObjectNode trial =
        run.events.stream()
            .map(dev.linnet.search.Event::fields)
            .filter(f -> f.path("outcome").asText().equals("measured"))
            .findFirst()
            .orElseThrow();
    result.putObject("hypervolume").put("strategy", 0.75).put("random", 0.5);
    ObjectNode member = result.putArray("front").addObject();
    member.set("genotype", trial.path("genotype"));
    member.put("valAccuracy", 0.9123).put("latencyMs", 0.0625).put("macs", 4321).put("params", 99);
    Files.writeString(folder.resolve("result.json"), result.toPrettyString());
    String page = page();
    assertTrue(page.contains("The front of accuracy and latency"));
    assertTrue(page.contains("<data value=\"0.75\" data-of=\"hypervolume.strategy\">0.75</data>"));
    assertTrue(page.contains("<data value=\"0.0625\" data-of=\"front.0.latencyMs\">"));
    assertTrue(page.contains("<data value=\"4321\" data-of=\"front.0.macs\">4,321</data>"));
    int chosen = 0;
    for (JsonNode candidate : data(page).path("candidates")) {
      chosen += candidate.path("chosen").asBoolean() ? 1 : 0;
    }
    assertEquals(1, chosen);
  }

  @Test
  void whatTheChartsDrawIsWhatTheEventsTell() throws IOException {
    SampleRun run = SampleRun.complete().write(folder);
    JsonNode data = data(page());
    List<ObjectNode> measured =
        run.events.stream()
            .map(dev.linnet.search.Event::fields)
            .filter(f -> f.path("outcome").asText().equals("measured"))
            .toList();
    assertEquals(measured.size(), data.path("candidates").size());
    for (int i = 0; i < measured.size(); i++) {
      JsonNode drawn = data.path("candidates").get(i);
      assertEquals(
          measured.get(i).path("valAccuracy").asDouble(), drawn.path("accuracy").asDouble());
      assertEquals(measured.get(i).path("macs").asLong(), drawn.path("macs").asLong());
    }
    assertEquals(24, data.path("supernet").size());
    assertEquals(7, data.path("curves").size());
    assertEquals(20, data.at("/curves/candidate-1/epochs").size());
    assertTrue(data.path("trained").get(0).path("winner").asBoolean());
    assertTrue(data.path("trained").get(0).path("estimate").asDouble() > 0.9);
    assertTrue(data.path("trained").get(6).path("estimate").isNull());
  }

  @Test
  void namesOfDataAndClassesNeverBecomeMarkup() throws IOException {
    String hostile = "</script><script>alert('x')</script><img src=x onerror=alert(1)>&";
    new SampleRun(hostile, hostile).wholly().write(folder);
    writeModel(folder);
    String page = page();
    assertFalse(page.contains("<script>alert"));
    assertFalse(body(page).contains("<img"));
    assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"));
    assertEquals(hostile, data(page).at("/result/data").asText());
    assertEquals(3, page.split("</script>", -1).length - 1);
  }

  @Test
  void thePageNeedsNothingFromOutside() throws IOException {
    SampleRun.complete().write(folder);
    writeModel(folder);
    String page = page();
    assertFalse(Pattern.compile("\\s(src|href)\\s*=\\s*[\"'a-z/]").matcher(body(page)).find());
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("Licensed to the Apache Software Foundation"), "ECharts is inside");
    assertFalse(body(page).contains("${"), "no place is left open");
  }

  /** The page without its scripts. */
  private static String body(String page) {
    return page.replaceAll("(?s)<script>.*?</script>", "");
  }

  @Test
  void theWinnerIsDrawnFromItsModel() throws IOException {
    SampleRun.complete().write(folder);
    writeModel(folder);
    String page = page();
    assertEquals(2, page.split("<svg ", -1).length - 1, "one folded, one in a column");
    assertTrue(page.contains(">depthwise 3×3</text>"));
    assertTrue(page.contains("<p class=\"genotype\">conv:1:2</p>"));
  }

  @Test
  void aModelThatCannotBeReadIsSaidToBeSo() throws IOException {
    SampleRun.complete().write(folder);
    Files.writeString(folder.resolve("model.linnet"), "no model");
    assertTrue(page().contains("The network cannot be drawn: "));
  }

  @Test
  void aKilledRunShowsWhatItsEventsTell() throws IOException {
    SampleRun run = new SampleRun("digits", "0").start().supernet(3).trials("evolution", 20);
    run.writeEvents(folder);
    Files.writeString(
        folder.resolve("events.jsonl"), "{\"seq\":25,\"event\":\"tri", StandardOpenOption.APPEND);
    String page = page();
    assertTrue(page.contains("has no result.json"));
    assertTrue(page.contains("events.jsonl is damaged. The page shows the 25 events before"));
    assertTrue(page.contains("No network has been trained from scratch. The best estimate"));
    assertTrue(page.contains("no model.linnet"));
    assertTrue(page.contains("linnet search --seed 7"), "the command");
    assertEquals(3, data(page).path("supernet").size());
    assertFalse(VALUE.matcher(page).find(), "nothing claims to be in result.json");
  }

  @Test
  void aRunKilledBehindItsTestsIsComparedFromItsEvents() throws IOException {
    SampleRun.complete().writeEvents(folder);
    String page = page();
    assertTrue(page.contains("The winner classifies 98.89\u00A0% of the 360 test images"));
    assertTrue(page.contains("<data value=\"0.0731\">0.073\u00A0ms</data>"));
  }

  @Test
  void aRunWithoutAnyTrialSaysSo() throws IOException {
    new SampleRun("digits", "0").start().writeEvents(folder);
    String page = page();
    assertTrue(page.contains("No candidate has been evaluated."));
    assertTrue(page.contains("No candidate was tried."));
    assertTrue(page.contains("No supernet was trained"));
    assertFalse(page.contains("class=\"plot\""));
  }

  @Test
  void candidatesOfOneAccuracyAndCostAreDrawn() throws IOException {
    SampleRun run = new SampleRun("digits", "0").start();
    run.trial("evolution", 0.5, 1000).trial("evolution", 0.5, 1000).trial("random", 0.5, 1000);
    run.writeEvents(folder);
    String page = page();
    assertEquals(3, data(page).path("candidates").size());
    assertTrue(page.contains("The Pareto front as a table (1)"));
    assertTrue(page.contains("None: all 3 candidates were evaluated."));
  }

  @Test
  void candidatesWithoutAResultAreCountedByReason() throws IOException {
    SampleRun.complete().write(folder);
    String page = page();
    Matcher rejected =
        Pattern.compile(
                "<td>16</td><td class=\"left\">rejected</td><td class=\"left\">such as: "
                    + "\\d+ parameters, more than the limit of 60000</td>")
            .matcher(page);
    assertTrue(rejected.find());
    assertTrue(page.contains("<td>2</td><td class=\"left\">failed</td>"));
  }

  @Test
  void aFolderWithoutARunIsRefusedInOneLine() {
    RunException refused = assertThrows(RunException.class, () -> Report.write(folder));
    assertEquals(folder + ": there is no run here (no events.jsonl)", refused.getMessage());
  }

  @Test
  void aResultThatIsNotJsonIsRefused() throws IOException {
    SampleRun.complete().writeEvents(folder);
    Files.writeString(folder.resolve("result.json"), "{\"seed\":");
    RunException refused = assertThrows(RunException.class, () -> Report.write(folder));
    assertTrue(refused.getMessage().startsWith(folder.resolve("result.json") + ": is not JSON"));
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aRunWritesThePageIntoItsOwnFolder() {
    try (RunFolder run = RunFolder.create(folder, false)) {
      SampleRun.complete().writeEvents(folder);
      Report.write(run);
      assertTrue(Files.isRegularFile(run.report()));
    }
  }
}
