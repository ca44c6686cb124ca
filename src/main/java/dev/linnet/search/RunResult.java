package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of a run as {@code result.json} has it, told by the run's events alone. */
public final class RunResult {
  private final List<Event> events;

  private RunResult(List<Event> events) {
    this.events = events;
  }

  /**
   * Writes {@code result.json} of a run, or deletes it if the run has not ended.
   *
   * @return whether it has
   * @throws RunException if the log cannot be read or the file cannot be written
   */
  public static boolean write(RunFolder run) {
    Optional<ObjectNode> result = of(EventLog.read(run.events()).events());
    if (result.isEmpty()) {
      run.deleteResult();
      return false;
    }
    byte[] json = (result.get().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    run.write(run.result(), to -> to.write(json));
    return true;
  }

  /** The result; empty if the run has not ended. Accuracies are fractions of 1. */
  public static Optional<ObjectNode> of(List<Event> events) {
    RunResult result = new RunResult(List.copyOf(events));
    return result.last("end").isPresent() && result.last("run").isPresent()
        ? Optional.of(result.node())
        : Optional.empty();
  }

  private Optional<Event> last(String type) {
    return events.stream().filter(e -> e.type().equals(type)).reduce((first, next) -> next);
  }

  private JsonNode fields(String type) {
    return last(type).<JsonNode>map(Event::fields).orElse(MissingNode.getInstance());
  }

  private ObjectNode node() {
    JsonNode run = fields("run");
    JsonNode stamp = last("run").orElseThrow().stamp();
    Event end = last("end").orElseThrow();
    ObjectNode node = Event.object();
    node.set("seed", run.path("seed"));
    node.set("data", run.path("data").path("name"));
    node.set("space", run.path("space").path("name"));
    node.set("strategy", run.path("strategy"));
    node.set("objectives", run.path("objectives"));
    node.set("estimator", run.path("estimator"));
    node.set("backend", stamp.path("backend"));
    node.put("seconds", rounded(end.stamp().path("commandSeconds").asDouble(), 3));
    node.put("trials", trials(run.path("strategy").asText()));
    List<Event> tested = events.stream().filter(e -> e.type().equals("tested")).toList();
    List<ObjectNode> baselines = new ArrayList<>();
    for (Event each : tested) {
      ObjectNode network = network(each);
      if (each.fields().path("role").asText().equals("candidate")) {
        network.set("weights", trained(each).path("weights"));
        node.set("best", network);
      } else {
        baselines.add(network);
      }
    }
    node.withArray("baselines").addAll(baselines);
    if (run.path("objectives").size() > 1) {
      front(node.putArray("front"));
      List<Objective> objectives = new ArrayList<>();
      run.path("objectives").forEach(o -> objectives.addAll(Objective.parse(o.asText())));
      FoundVolumes.of(events, objectives, run.path("strategy").asText())
          .ifPresent(volumes -> node.set("hypervolume", volumes.node()));
    }
    ObjectNode ranking = node.putObject("rank");
    JsonNode rank = fields("rank");
    ranking.set("networks", rank.path("networks"));
    correlation(ranking, "kendallSupernet", rank);
    correlation(ranking, "kendallMacs", rank);
    node.set("constraints", run.path("constraints"));
    node.put("interrupted", end.fields().path("reason").asText().equals("interrupted"));
    node.set("dataSha256", run.path("data").path("sha256"));
    node.set("testImages", run.path("data").path("test"));
    node.set("command", stamp.path("command"));
    node.set("threads", stamp.path("threads"));
    node.set("version", run.path("version"));
    node.set("jvm", stamp.path("java"));
    return node;
  }

  private void front(ArrayNode front) {
    for (Event event : events) {
      JsonNode stamp = event.stamp();
      if (event.type().equals(FrontPhase.EVENT) && !stamp.path("dominated").asBoolean()) {
        JsonNode fields = event.fields();
        ObjectNode member = front.addObject();
        member.set("genotype", fields.path("genotype"));
        member.put("valAccuracy", rounded(fields.path("valAccuracy").asDouble(), 6));
        member.set("params", fields.path("params"));
        member.set("macs", fields.path("macs"));
        member.set("peakBytes", fields.path("peakBytes"));
        for (String latency : List.of("latencyMs", "searchLatencyMs")) {
          if (stamp.has(latency)) {
            member.put(latency, rounded(stamp.path(latency).asDouble(), 4));
          }
        }
      }
    }
  }

  /** The outcomes of the strategy. */
  private long trials(String strategy) {
    return events.stream()
        .filter(e -> e.type().equals(TrialEvent.TYPE))
        .filter(e -> e.fields().path("by").asText().equals(strategy))
        .count();
  }

  private ObjectNode network(Event tested) {
    JsonNode trained = trained(tested);
    ObjectNode node = Event.object();
    node.set("name", tested.fields().path("network"));
    node.set("role", tested.fields().path("role"));
    node.set("genotype", trained.path("genotype"));
    node.put("valAccuracy", rounded(trained.path("valAccuracy").asDouble(), 6));
    node.put("testAccuracy", rounded(tested.fields().path("testAccuracy").asDouble(), 6));
    node.set("params", trained.path("params"));
    node.set("macs", trained.path("macs"));
    node.put("latencyMs", rounded(tested.stamp().path("latencyMs").asDouble(), 4));
    return node;
  }

  /** What is known of a tested network from its training. */
  private JsonNode trained(Event tested) {
    String name = tested.fields().path("network").asText();
    return events.stream()
        .filter(e -> e.type().equals("trained"))
        .filter(e -> e.fields().path("network").asText().equals(name))
        .reduce((first, next) -> next)
        .<JsonNode>map(Event::fields)
        .orElse(MissingNode.getInstance());
  }

  private static void correlation(ObjectNode node, String name, JsonNode rank) {
    JsonNode value = rank.path(name);
    if (value.isNumber()) {
      node.put(name, rounded(value.asDouble(), 4));
    } else {
      node.putNull(name); // not defined for so few networks, or for ties
    }
  }

  /** Shorter than a double's digits, and the same on every Java. */
  private static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.rint(value * scale) / scale;
  }
}
