package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.search.Repeats;
import dev.linnet.search.RunException;
import dev.linnet.search.RunFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code report.html} of a search that was repeated with several seeds: means with their
 * confidence intervals, what they say of the search, and the runs.
 */
public final class RepeatsReport {
  private final JsonNode result;

  private RepeatsReport(JsonNode result) {
    this.result = result;
  }

  /**
   * Writes the page.
   *
   * @param result as {@link Repeats#writeResult} gives it
   * @throws RunException if it cannot be written
   */
  public static void write(RunFolder folder, JsonNode result) {
    byte[] page = new RepeatsReport(result).page().getBytes(StandardCharsets.UTF_8);
    folder.write(folder.report(), out -> out.write(page));
  }

  private String page() {
    Map<String, String> places = new LinkedHashMap<>();
    String data = result.path("data").asText("unknown data");
    places.put("title", Html.escape(data + ", repeated – Linnet architecture search"));
    places.put("style", Resources.text("report.css"));
    places.put("head", head(data).markup());
    places.put("figures", figures().markup());
    places.put("runs", runs().markup());
    return Report.fill(Resources.text("repeats.html"), places);
  }

  private Html head(String data) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(
        Html.of(
            "<p class=\"eyebrow\">Linnet · architecture search, repeated</p><h1>%s</h1>"
                + "<p class=\"subtitle\">search space %s · %s · %s seeds · %s</p>",
            data,
            result.path("space").asText("unknown"),
            result.path("strategy").asText("unknown strategy"),
            result.path("repeats").asInt(),
            Figures.duration(result.path("seconds").asDouble())));
    int missing = result.path("repeats").asInt() - complete();
    if (missing > 0) {
      pieces.add(
          Html.of(
              "<p class=\"note\">%s of %s runs have not ended and do not count.</p>",
              missing, result.path("repeats").asInt()));
    }
    if (complete() > 0) {
      pieces.add(Html.of("<p class=\"verdict\">%s</p>", sentence(result)));
    }
    return Html.all(pieces);
  }

  private int complete() {
    return result.path("complete").asInt();
  }

  /**
   * What the repetitions say, in a sentence each for the winner and every baseline; also where the
   * search was not worth it.
   */
  public static String sentence(JsonNode result) {
    int runs = result.path("complete").asInt();
    StringBuilder text = new StringBuilder();
    text.append(
        "With %s the winner classifies %s of the test images correctly%s."
            .formatted(
                runs == 1 ? "one seed" : runs + " seeds, on average,",
                Figures.percent(result.at("/best/testAccuracy/mean").asDouble()),
                brackets(result.at("/best/testAccuracy"))));
    for (JsonNode baseline : result.path("baselines")) {
      text.append(' ').append(difference(baseline));
    }
    return text.toString();
  }

  private static String difference(JsonNode baseline) {
    JsonNode lead = baseline.path("lead");
    double mean = lead.path("mean").asDouble();
    String title = title(baseline);
    String head =
        mean == 0
            ? "That is what " + title + " reaches"
            : "That is "
                + Figures.points(mean)
                + " percentage points "
                + (mean > 0 ? "more" : "less")
                + " than "
                + title;
    if (!lead.path("low").isNumber()) {
      return head + "; one seed cannot tell whether the next one would show the same.";
    }
    boolean zero = lead.path("low").asDouble() <= 0 && lead.path("high").asDouble() >= 0;
    return head
        + " [%s, %s], ".formatted(signed(lead.path("low")), signed(lead.path("high")))
        + (zero
            ? "which differences between seeds alone can explain."
            : "more than differences between seeds alone explain.");
  }

  private static String signed(JsonNode value) {
    return (value.asDouble() < 0 ? "−" : "+") + Figures.points(value.asDouble());
  }

  private static String brackets(JsonNode interval) {
    return interval.path("low").isNumber()
        ? " [%s, %s]"
            .formatted(
                Figures.points(interval.path("low").asDouble()),
                Figures.points(interval.path("high").asDouble()))
        : "";
  }

  private Html figures() {
    if (complete() == 0) {
      return Html.of("<p class=\"missing\">No run has ended yet.</p>");
    }
    List<Html> rows = new ArrayList<>();
    rows.add(row("Winner of the search", "best.testAccuracy", result.at("/best/testAccuracy")));
    JsonNode baselines = result.path("baselines");
    for (int i = 0; i < baselines.size(); i++) {
      rows.add(
          row(
              capital(title(baselines.get(i))),
              "baselines." + i + ".testAccuracy",
              baselines.get(i).path("testAccuracy")));
    }
    return Html.of(
        "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Network</th>"
            + "<th scope=\"col\">Test accuracy, mean</th><th scope=\"col\">95 %% from</th>"
            + "<th scope=\"col\">to</th></tr></thead><tbody>%s</tbody></table></div>"
            + "<p class=\"remark\">%s</p>",
        Html.all(rows),
        "Student's intervals over "
            + complete()
            + (complete() == 1 ? " seed" : " seeds")
            + ". The seed decides what is tried and how networks are initialized and trained; data"
            + " and test images are the same in all runs, so the intervals say nothing of other"
            + " images. Each difference is taken seed by seed, and random search had as many trials"
            + " in every run.");
  }

  private static Html row(String title, String path, JsonNode interval) {
    return Html.of(
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>",
        title,
        Figures.value(path + ".mean", interval.path("mean"), Figures::percent),
        Figures.value(path + ".low", interval.path("low"), Figures::percent),
        Figures.value(path + ".high", interval.path("high"), Figures::percent));
  }

  private Html runs() {
    List<Html> rows = new ArrayList<>();
    JsonNode runs = result.path("runs");
    for (int i = 0; i < runs.size(); i++) {
      JsonNode run = runs.get(i);
      String path = "runs." + i + ".";
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"><a href=\"%s/report.html\">seed %s</a></th><td>%s</td>"
                  + "<td>%s</td><td>%s</td><td class=\"genotype\">%s</td></tr>",
              run.path("folder").asText(),
              run.path("seed").asText(),
              Figures.value(path + "testAccuracy", run.path("testAccuracy"), Figures::percent),
              Figures.value(path + "random", run.path("random"), Figures::percent),
              Figures.value(path + "hand-designed", run.path("hand-designed"), Figures::percent),
              run.path("complete").asBoolean() ? run.path("genotype").asText() : "has not ended"));
    }
    return Html.of(
        "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Run</th>"
            + "<th scope=\"col\">Winner</th><th scope=\"col\">Random search</th>"
            + "<th scope=\"col\">Hand-designed</th><th scope=\"col\">Genotype of the winner</th>"
            + "</tr></thead><tbody>%s</tbody></table></div>",
        Html.all(rows));
  }

  private static String title(JsonNode baseline) {
    String role = baseline.path("role").asText();
    return Finalist.title(role, role);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
