package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is needed to do the run again and to know what it ran on. */
final class Facts {
  private final RunRecord run;
  private final JsonNode result;
  private final JsonNode event;
  private final JsonNode stamp;
  private final List<Html> rows = new ArrayList<>();

  private Facts(RunRecord run) {
    this.run = run;
    this.result = run.result();
    this.event = run.last("run");
    this.stamp = run.stamp("run");
  }

  /** A list of names and values. */
  static Html of(RunRecord run) {
    return new Facts(run).html();
  }

  private Html html() {
    String command = RunRecord.first(result.path("command"), stamp.path("command")).asText();
    if (!command.isEmpty()) {
      rows.add(Html.of("<dt>Command</dt><dd><code class=\"command\">%s</code></dd>", command));
    }
    number("Seed", "seed", RunRecord.first(result.path("seed"), event.path("seed")));
    text("Data", data());
    text("Data SHA-256", RunRecord.first(result.path("dataSha256"), event.at("/data/sha256")));
    text("Search space", space());
    text("Strategy", strategy());
    text("Estimator", RunRecord.first(result.path("estimator"), event.path("estimator")));
    text("Constraints", RunRecord.first(result.path("constraints"), event.path("constraints")));
    number("Trials", "trials", RunRecord.first(result.path("trials"), trials()));
    text("Plan", plan());
    text("Weights SHA-256", RunRecord.first(result.at("/best/weights"), result.path("weights")));
    text("Backend", RunRecord.first(result.path("backend"), event.path("backend")));
    number("Threads", "threads", RunRecord.first(result.path("threads"), stamp.path("threads")));
    text("Linnet", RunRecord.first(result.path("version"), event.path("version")));
    text("Java", RunRecord.first(result.path("jvm"), stamp.path("jvm"), stamp.path("java")));
    text("Time", time());
    return rows.isEmpty()
        ? Html.of("<p class=\"missing\">The run folder does not say.</p>")
        : Html.of("<dl class=\"facts\">%s</dl>", Html.all(rows));
  }

  private void text(String name, JsonNode value) {
    text(name, value.isValueNode() ? value.asText() : value.isEmpty() ? "" : value.toString());
  }

  private void text(String name, String value) {
    if (!value.isBlank()) {
      rows.add(Html.of("<dt>%s</dt><dd>%s</dd>", name, value));
    }
  }

  private void number(String name, String key, JsonNode value) {
    if (value.isNumber()) {
      String path = result.path(key).isNumber() ? key : "";
      rows.add(
          Html.of("<dt>%s</dt><dd>%s</dd>", name, Figures.value(path, value, v -> value.asText())));
    }
  }

  private JsonNode trials() {
    return run.all("trial").isEmpty() ? RunRecord.first() : run.last("plan").path("trials");
  }

  private String data() {
    JsonNode data = event.path("data");
    JsonNode shape = data.path("shape");
    JsonNode classes = data.path("classes");
    String names =
        StreamSupport.stream(classes.spliterator(), false)
            .limit(20)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return HeadSection.data(run)
        + (shape.isMissingNode()
            ? ""
            : ", images of " + (shape.isTextual() ? shape.asText() : shape))
        + (names.isEmpty() ? "" : ", classes " + names + (classes.size() > 20 ? ", …" : ""));
  }

  private String space() {
    JsonNode space = event.path("space");
    String name = RunRecord.name(RunRecord.first(result.path("space"), space)).asText();
    String fingerprint = space.path("fingerprint").asText();
    String size = space.path("size").asText();
    return name
        + (fingerprint.isEmpty() ? "" : ", fingerprint " + fingerprint)
        + (size.isEmpty() ? "" : ", " + size + " genotypes");
  }

  /** The name, and the settings where the run has recorded them. */
  private String strategy() {
    JsonNode strategy = RunRecord.first(event.path("strategy"), result.path("strategy"));
    List<String> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> setting : strategy.properties()) {
      if (!setting.getKey().equals("name")) {
        settings.add(setting.getKey() + " " + setting.getValue().asText());
      }
    }
    String name = RunRecord.name(strategy).asText();
    return settings.isEmpty() ? name : name + " (" + String.join(", ", settings) + ")";
  }

  private String plan() {
    JsonNode plan = run.last("plan");
    List<String> parts = new ArrayList<>();
    part(parts, plan.path("supernetEpochs"), "epochs of the supernet");
    part(parts, plan.path("trials"), "trials on each side");
    part(parts, RunRecord.first(plan.path("finalists"), plan.path("candidates")), "finalists");
    part(parts, plan.path("epochs"), "epochs from scratch");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, JsonNode number, String what) {
    if (number.isNumber()) {
      parts.add(number.asText() + " " + what);
    }
  }

  private String time() {
    Map<String, Double> phases = Phases.of(run.events());
    return phases.entrySet().stream()
        .filter(e -> e.getValue() >= 0.05)
        .map(e -> e.getKey() + " " + Figures.duration(e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
