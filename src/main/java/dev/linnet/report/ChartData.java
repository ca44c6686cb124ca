package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures behind the charts, as one JSON object: {@code result} (result.json itself), {@code
 * candidates}, {@code trained}, {@code supernet} and {@code curves}.
 */
final class ChartData {
  /** More dots than this are not drawn one by one. */
  private static final int MOST_DOTS = 4000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChartData() {}

  /** The object, safe between script tags. */
  static String json(RunRecord run) {
    ObjectNode data = NODES.objectNode();
    data.set("result", run.result().isMissingNode() ? NODES.nullNode() : run.result());
    data.set("candidates", candidates(run));
    data.set("trained", trained(run));
    data.set("supernet", series(run.all("supernet"), "epoch", "loss", "accuracy"));
    data.set("curves", curves(run));
    // < and > stand in strings alone, where JSON has another way to write them
    return data.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** Measured candidates; of too many, the front, the improvements and some of the others. */
  private static ArrayNode candidates(RunRecord run) {
    List<Candidate> evaluated = run.candidates().stream().filter(Candidate::evaluated).toList();
    Set<Candidate> front = new HashSet<>(Candidate.front(evaluated));
    Set<String> chosen = new HashSet<>();
    run.result().path("front").forEach(member -> chosen.add(member.path("genotype").asText()));
    Map<String, Candidate> last = new HashMap<>();
    evaluated.stream().filter(Candidate::measured).forEach(c -> last.put(c.by(), c));
    int every = 1 + evaluated.size() / MOST_DOTS;
    Map<String, Integer> evaluations = new HashMap<>();
    Map<String, Double> best = new HashMap<>();
    ArrayNode nodes = NODES.arrayNode();
    for (Candidate c : evaluated) {
      int evaluation = evaluations.merge(c.by(), 1, Integer::sum);
      if (!c.measured()) {
        continue;
      }
      boolean improves = c.accuracy() > best.getOrDefault(c.by(), -1.0);
      if (improves) {
        best.put(c.by(), c.accuracy());
      }
      boolean marked = front.contains(c) || chosen.contains(c.genotype());
      boolean drawn = improves || evaluation % every == 0 || marked;
      if (drawn || c.equals(last.get(c.by()))) {
        ObjectNode node = nodes.addObject();
        node.put("by", c.by()).put("number", c.number()).put("evaluation", evaluation);
        node.put("genotype", c.genotype()).put("accuracy", c.accuracy());
        node.put("params", c.params()).put("macs", c.macs());
        node.put("front", front.contains(c));
        node.put("chosen", chosen.contains(c.genotype()));
      }
    }
    return nodes;
  }

  private static ArrayNode trained(RunRecord run) {
    Map<String, Double> estimates = new HashMap<>();
    run.candidates().stream()
        .filter(Candidate::measured)
        .forEach(c -> estimates.putIfAbsent(c.genotype(), c.accuracy()));
    List<Finalist> compared = Finalist.compared(run);
    ArrayNode nodes = NODES.arrayNode();
    for (Finalist finalist : Finalist.trained(run)) {
      ObjectNode node = nodes.addObject();
      node.put("name", finalist.name()).put("role", finalist.role());
      node.put("genotype", finalist.genotype());
      node.set("accuracy", finalist.value("valAccuracy"));
      node.set("macs", finalist.value("macs"));
      node.set("params", finalist.value("params"));
      node.put("estimate", estimates.get(finalist.genotype()));
      node.put("winner", finalist.winner(compared));
    }
    return nodes;
  }

  private static ObjectNode curves(RunRecord run) {
    Map<String, List<JsonNode>> networks = new LinkedHashMap<>();
    for (JsonNode epoch : run.all("epoch")) {
      networks
          .computeIfAbsent(epoch.path("network").asText(), k -> new java.util.ArrayList<>())
          .add(epoch);
    }
    ObjectNode curves = NODES.objectNode();
    networks.forEach(
        (name, epochs) -> {
          ObjectNode curve = curves.putObject(name);
          curve.set("role", epochs.get(0).path("role"));
          curve.set("epochs", series(epochs, "epoch", "loss", "trainAccuracy", "valAccuracy"));
        });
    return curves;
  }

  /** Of each event, the values of some keys as an array. */
  private static ArrayNode series(List<JsonNode> events, String... keys) {
    ArrayNode series = NODES.arrayNode();
    for (JsonNode event : events) {
      ArrayNode point = series.addArray();
      for (String key : keys) {
        JsonNode value = event.path(key);
        point.add(value.isNumber() ? value : NODES.nullNode());
      }
    }
    return series;
  }
}
