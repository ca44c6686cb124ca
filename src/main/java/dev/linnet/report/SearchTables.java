package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of the search itself: the Pareto front, and the candidates without a result. */
final class SearchTables {
  private static final int LONGEST_FRONT = 40;

  private final RunRecord run;
  private final List<Candidate> candidates;

  SearchTables(RunRecord run) {
    this.run = run;
    this.candidates = run.candidates();
  }

  /** Whether a chart of the candidates has something to show. */
  boolean anyMeasured() {
    return candidates.stream().anyMatch(Candidate::measured);
  }

  /** The front of a search with several objectives, as it was measured again at the end. */
  Html objectives() {
    JsonNode front = run.result().path("front");
    if (front.isEmpty()) {
      return Html.NONE;
    }
    List<String> names = new ArrayList<>();
    run.result().path("objectives").forEach(name -> names.add(name.asText()));
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      String path = "front." + i + ".";
      JsonNode member = front.get(i);
      rows.add(
          Html.of(
              "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"genotype\">%s</td></tr>",
              Figures.value(path + "valAccuracy", member.path("valAccuracy"), Figures::percent),
              Figures.value(path + "latencyMs", member.path("latencyMs"), Figures::milliseconds),
              Figures.value(path + "macs", member.path("macs"), Figures::count),
              Figures.value(path + "params", member.path("params"), Figures::count),
              member.path("genotype").asText()));
    }
    return Html.of(
        "<h3>The front of %s</h3><p>No other network that the search tried is better in one of them"
            + " and in none worse. Latencies were measured again at the end of the run, in several"
            + " rounds; the estimate is that of the search.</p>"
            + "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Estimate</th>"
            + "<th scope=\"col\">Latency</th><th scope=\"col\">MACs</th>"
            + "<th scope=\"col\">Parameters</th>"
            + "<th scope=\"col\" class=\"left\">Genotype</th></tr></thead>"
            + "<tbody>%s</tbody></table></div>%s",
        String.join(" and ", names), Html.all(rows), hypervolume());
  }

  private Html hypervolume() {
    JsonNode volume = run.result().path("hypervolume");
    return volume.path("strategy").isNumber()
        ? Html.of(
            "<p class=\"remark\">Hypervolume of the strategy’s front %s, of that of random search"
                + " %s: as a part of the box between the best and the worst that any trial had. 1"
                + " would be one network that is the best in everything.</p>",
            Figures.value("hypervolume.strategy", volume.path("strategy"), Figures::correlation),
            Figures.value("hypervolume.random", volume.path("random"), Figures::correlation))
        : Html.NONE;
  }

  /** The candidates that no other one beats in accuracy at their cost, in a fold. */
  Html front() {
    List<Candidate> front = Candidate.front(candidates);
    if (front.isEmpty()) {
      return Html.NONE;
    }
    List<Html> rows = new ArrayList<>();
    // the most accurate end is the interesting one
    int skipped = Math.max(0, front.size() - LONGEST_FRONT);
    for (Candidate c : front.subList(skipped, front.size())) {
      rows.add(
          Html.of(
              "<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"left\">%s</td>"
                  + "<td class=\"genotype\">%s</td></tr>",
              Figures.count(c.macs()),
              Figures.count(c.params()),
              Figures.percent(c.accuracy()),
              c.by() + " " + c.number(),
              c.genotype()));
    }
    return Html.of(
        "<details><summary>The Pareto front as a table (%s)</summary>"
            + "<div class=\"wide\"><table><thead><tr><th scope=\"col\">MACs</th>"
            + "<th scope=\"col\">Parameters</th><th scope=\"col\">Estimate</th>"
            + "<th scope=\"col\" class=\"left\">Trial</th>"
            + "<th scope=\"col\" class=\"left\">Genotype</th></tr></thead>"
            + "<tbody>%s</tbody></table></div></details>",
        skipped > 0 ? "the last " + LONGEST_FRONT + " of " + front.size() : front.size(),
        Html.all(rows));
  }

  /** How many candidates have no result, by reason. */
  Html unmeasured() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    candidates.stream()
        .filter(c -> !c.outcome().equals("measured"))
        .forEach(c -> add(groups, c.outcome(), c.reason()));
    for (JsonNode event : run.all("path-failed")) {
      add(groups, "failed in the supernet", event.path("reason").asText());
    }
    for (JsonNode event : run.all("training-failed")) {
      add(groups, "failed in training", event.path("reason").asText());
    }
    if (groups.isEmpty()) {
      return Html.of(
          "<p>%s</p>",
          candidates.isEmpty()
              ? "No candidate was tried."
              : "None: all %s candidates were evaluated."
                  .formatted(Figures.count(candidates.size())));
    }
    List<Html> rows =
        groups.entrySet().stream()
            .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
            .map(e -> row(e.getKey(), e.getValue()))
            .toList();
    return Html.of(
        "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Candidates</th>"
            + "<th scope=\"col\" class=\"left\">Outcome</th>"
            + "<th scope=\"col\" class=\"left\">Reason</th></tr></thead>"
            + "<tbody>%s</tbody></table></div>",
        Html.all(rows));
  }

  private static Html row(String key, List<String> reasons) {
    String outcome = key.substring(0, key.indexOf('\n'));
    boolean same = reasons.stream().distinct().count() == 1;
    return Html.of(
        "<tr><td>%s</td><td class=\"left\">%s</td><td class=\"left\">%s%s</td></tr>",
        Figures.count(reasons.size()), outcome, same ? "" : "such as: ", reasons.get(0));
  }

  /** Reasons that differ in their numbers alone are one. */
  private static void add(Map<String, List<String>> groups, String outcome, String reason) {
    String given = reason.isBlank() ? "no reason was recorded" : reason;
    String key = outcome + "\n" + given.replaceAll("[0-9]+([.,:][0-9]+)*", "#");
    groups.computeIfAbsent(key, k -> new ArrayList<>()).add(given);
  }
}
