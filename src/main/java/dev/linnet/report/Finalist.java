package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A network that was trained from scratch.
 *
 * @param path where it stands in {@code result.json}: {@code best}, {@code baselines.0}; empty if
 *     it does not
 * @param name of the network in the run
 * @param role {@code candidate}, {@code random} or {@code hand-designed}
 * @param values valAccuracy, testAccuracy, params, macs, latencyMs, as far as they are known
 */
record Finalist(String path, String name, String role, JsonNode values) {

  /** What it is, as the subject of a comparison. */
  String title() {
    return title(role, name);
  }

  /** What a network of a role is; its name where that is none of the three. */
  static String title(String role, String name) {
    return switch (role) {
      case "candidate" -> "the winner";
      case "random" -> "random search";
      case "hand-designed" -> "the hand-designed network";
      default -> name;
    };
  }

  /** The genotype in text form; empty for a hand-designed network. */
  String genotype() {
    return values.path("genotype").asText("");
  }

  /** A value by its name in {@code result.json}. */
  JsonNode value(String key) {
    return values.path(key);
  }

  /** The share of the test images, if it was tested and the number of images is known. */
  Optional<Proportion> tested(int images) {
    JsonNode accuracy = value("testAccuracy");
    return images > 0 && accuracy.isNumber()
        ? Optional.of(new Proportion(accuracy.asDouble(), images))
        : Optional.empty();
  }

  /** Whether this is the winner of a comparison, under this name or another. */
  boolean winner(List<Finalist> compared) {
    return compared.stream()
        .filter(f -> f.role.equals("candidate"))
        .anyMatch(
            f -> f.genotype().isEmpty() ? f.name.equals(name) : f.genotype().equals(genotype()));
  }

  /** The winner and the baselines: from the result, or else from the events. */
  static List<Finalist> compared(RunRecord run) {
    JsonNode result = run.result();
    List<Finalist> compared = new ArrayList<>();
    if (result.path("best").isObject()) {
      compared.add(of(run, "best", result.path("best"), "candidate"));
      JsonNode baselines = result.path("baselines");
      for (int i = 0; i < baselines.size(); i++) {
        compared.add(of(run, "baselines." + i, baselines.get(i), ""));
      }
      return compared;
    }
    List<Finalist> trained = trained(run);
    for (String role : List.of("candidate", "random", "hand-designed")) {
      trained.stream()
          .filter(f -> f.role.equals(role))
          .max(Comparator.comparingDouble(f -> f.value("valAccuracy").asDouble()))
          .ifPresent(compared::add);
    }
    return compared;
  }

  private static Finalist of(RunRecord run, String path, JsonNode values, String role) {
    String name = values.path("name").asText(role.isEmpty() ? path : "winner");
    JsonNode known = values.path("role");
    for (JsonNode tested : run.all("tested")) {
      known = tested.path("network").asText().equals(name) ? tested.path("role") : known;
    }
    return new Finalist(path, name, role.isEmpty() ? known.asText(role(name)) : role, values);
  }

  private static String role(String name) {
    return name.contains("random") ? "random" : name.contains("hand") ? "hand-designed" : name;
  }

  /** All networks that were trained from scratch, in the order of their training. */
  static List<Finalist> trained(RunRecord run) {
    List<Finalist> trained = new ArrayList<>();
    for (JsonNode event : run.all("trained")) {
      ObjectNode values = event.deepCopy();
      String name = event.path("network").asText();
      for (Event tested : run.events("tested")) {
        if (tested.fields().path("network").asText().equals(name)) {
          values.set("testAccuracy", tested.fields().path("testAccuracy"));
          values.set("latencyMs", tested.stamp().path("latencyMs"));
        }
      }
      trained.add(new Finalist("", name, event.path("role").asText(role(name)), values));
    }
    return trained;
  }
}
