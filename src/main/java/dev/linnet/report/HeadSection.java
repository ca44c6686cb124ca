package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** The top of the page: what was found, in five figures and one sentence. */
final class HeadSection {
  private final RunRecord run;
  private final List<Finalist> compared;
  private final int images;

  HeadSection(RunRecord run) {
    this.run = run;
    this.compared = Finalist.compared(run);
    this.images = run.testImages();
  }

  /** The name of the data set. */
  static String data(RunRecord run) {
    return RunRecord.name(RunRecord.first(run.result().path("data"), run.last("run").path("data")))
        .asText("unknown data");
  }

  /** Title, notes, figures, comparison. */
  Html html() {
    List<Html> pieces = new ArrayList<>();
    pieces.add(
        Html.of(
            "<p class=\"eyebrow\">Linnet · architecture search</p><h1>%s</h1>%s",
            data(run), subtitle()));
    notes().forEach(note -> pieces.add(Html.of("<p class=\"note\">%s</p>", note)));
    Optional<Finalist> winner =
        compared.stream().filter(f -> f.role().equals("candidate")).findFirst();
    if (winner.isEmpty()) {
      pieces.add(Html.of("<p class=\"verdict\">%s</p>", untrained()));
      return Html.all(pieces);
    }
    List<Finalist> baselines = compared.stream().filter(f -> !f.equals(winner.get())).toList();
    Verdict verdict = new Verdict(winner.get(), baselines, images, effort());
    pieces.add(
        Html.of(
            "<p class=\"verdict\"><strong>%s</strong> %s</p>",
            verdict.summary(), verdict.sentence()));
    pieces.add(tiles(winner.get()));
    return Html.all(pieces);
  }

  private Html subtitle() {
    JsonNode data = run.last("run").path("data");
    List<String> parts = new ArrayList<>();
    if (data.path("train").isNumber()) {
      parts.add(
          "%s images to train on, %s to choose by, %s to test with"
              .formatted(
                  Figures.count(data.path("train").asInt()),
                  Figures.count(data.path("validation").asInt()),
                  Figures.count(data.path("test").asInt())));
    }
    if (data.path("classes").isArray()) {
      parts.add(data.path("classes").size() + " classes");
    }
    String space =
        RunRecord.name(RunRecord.first(run.result().path("space"), run.last("run").path("space")))
            .asText();
    if (!space.isEmpty()) {
      parts.add("search space " + space);
    }
    return Html.of("<p class=\"subtitle\">%s</p>", String.join(" · ", parts));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (run.result().isMissingNode()) {
      notes.add(
          "This run has no result.json: it is still going on or was killed. The page shows what its"
              + " events tell.");
    } else if (run.interrupted()) {
      notes.add(
          "This run was interrupted before its plan was done. The page shows the best so far.");
    }
    if (run.damaged()) {
      notes.add(
          "events.jsonl is damaged. The page shows the %s events before the damage."
              .formatted(Figures.count(run.events().size())));
    }
    return notes;
  }

  private String untrained() {
    List<Candidate> front = Candidate.front(run.candidates());
    return front.isEmpty()
        ? "No candidate has been evaluated."
        : "No network has been trained from scratch. The best estimate of a candidate is "
            + Figures.percent(front.get(front.size() - 1).accuracy())
            + " on the validation images.";
  }

  /** What random search spent, beside the strategy. */
  private String effort() {
    Map<Boolean, Long> evaluations =
        run.candidates().stream()
            .filter(Candidate::evaluated)
            .collect(Collectors.partitioningBy(this::baseline, Collectors.counting()));
    long own = evaluations.get(false);
    long random = evaluations.get(true);
    return random == 0
        ? ""
        : random == own
            ? "with as many evaluations (" + Figures.count(own) + ")"
            : "with " + Figures.count(random) + " evaluations instead of " + Figures.count(own);
  }

  /** Whether a candidate belongs to the baseline: if the strategy is random search, it is not. */
  private boolean baseline(Candidate candidate) {
    String strategy = RunRecord.name(run.last("run").path("strategy")).asText();
    return candidate.by().startsWith("random") && !candidate.by().equals(strategy);
  }

  private Html tiles(Finalist winner) {
    List<Html> tiles = new ArrayList<>();
    String interval =
        winner
            .tested(images)
            .map(Proportion::interval)
            .map(i -> "95 %: " + Comparison.text(i))
            .orElse("");
    tiles.add(tile(winner, "Test accuracy", "testAccuracy", Figures::percent, interval));
    tiles.add(tile(winner, "Parameters", "params", Figures::brief, exact(winner, "params")));
    tiles.add(tile(winner, "Multiply-accumulates", "macs", Figures::brief, exact(winner, "macs")));
    tiles.add(tile(winner, "Latency", "latencyMs", Figures::milliseconds, "one image, median"));
    JsonNode seconds = RunRecord.first(run.result().path("seconds"), Phases.last(run.events()));
    String path = run.result().path("seconds").isNumber() ? "seconds" : "";
    tiles.add(
        Html.of(
            "<div><dt>Search time</dt><dd>%s</dd><dd class=\"small\">the whole command</dd></div>",
            Figures.value(path, seconds, Figures::duration)));
    return Html.of("<dl class=\"tiles\">%s</dl>", Html.all(tiles));
  }

  private static String exact(Finalist winner, String key) {
    JsonNode value = winner.value(key);
    return value.isNumber() && value.asDouble() >= 10_000 ? Figures.count(value.asDouble()) : "";
  }

  private static Html tile(
      Finalist winner, String title, String key, DoubleFunction<String> shown, String below) {
    String path = winner.path().isEmpty() ? "" : winner.path() + "." + key;
    return Html.of(
        "<div><dt>%s</dt><dd>%s</dd><dd class=\"small\">%s</dd></div>",
        title, Figures.value(path, winner.value(key), shown), below);
  }
}
