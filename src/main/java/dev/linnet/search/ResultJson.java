package dev.linnet.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.space.Genotype;

/** A search's result as {@code result.json} has it. Accuracies are fractions of 1. */
public final class ResultJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultJson() {}

  /** The text of the file. */
  public static String text(SearchResult result) {
    return node(result).toPrettyString() + "\n";
  }

  /** The result as a tree. */
  public static ObjectNode node(SearchResult result) {
    SearchOptions options = result.options();
    ObjectNode node = NODES.objectNode();
    node.put("seed", options.seed());
    node.put("data", options.data().name());
    node.put("space", options.space().name());
    node.put("strategy", options.strategy());
    options.objectives().forEach(o -> node.withArray("objectives").add(o.text()));
    node.put("estimator", result.estimator());
    node.put("backend", result.backend());
    node.put("seconds", rounded(result.seconds(), 3));
    node.put("trials", result.trials());
    ObjectNode best = network(result.best());
    best.put("weights", result.model().weightsChecksum());
    node.set("best", best);
    result.baselines().forEach(b -> node.withArray("baselines").add(network(b)));
    if (options.objectives().size() > 1) {
      ArrayNode front = node.putArray("front");
      result.front().forEach(member -> front.add(member(member)));
    }
    ObjectNode ranking = node.putObject("rank");
    ranking.put("networks", result.ranking().networks());
    correlation(ranking, "kendallSupernet", result.ranking().estimate());
    correlation(ranking, "kendallMacs", result.ranking().macs());
    node.set("constraints", constraints(options.constraints()));
    node.put("interrupted", result.interrupted());
    node.put("dataSha256", options.data().provenance().sha256());
    node.put("testImages", options.data().provenance().test());
    node.put("command", options.command());
    node.put("threads", options.threads());
    node.put("version", Versions.linnet());
    node.put("jvm", Versions.java());
    return node;
  }

  private static ObjectNode network(NetworkResult network) {
    ObjectNode node = NODES.objectNode();
    node.put("name", network.name());
    node.put("role", network.role());
    node.put("genotype", network.genotype().map(Genotype::toString).orElse(null));
    node.put("valAccuracy", rounded(network.validation(), 6));
    node.put("testAccuracy", rounded(network.test(), 6));
    node.put("params", network.cost().params());
    node.put("macs", network.cost().macs());
    node.put("latencyMs", rounded(network.latencyMs(), 4));
    return node;
  }

  /** {@code valAccuracy} is the estimate of the search; no other is known for the whole front. */
  private static ObjectNode member(FrontMember member) {
    ObjectNode node = NODES.objectNode();
    node.put("genotype", member.genotype().toString());
    node.put("valAccuracy", rounded(member.accuracy(), 6));
    node.put("params", member.cost().params());
    node.put("macs", member.cost().macs());
    node.put("peakBytes", member.cost().peakBytes());
    node.put("latencyMs", rounded(member.latencyMs(), 4));
    if (Double.isFinite(member.searchLatencyMs())) {
      node.put("searchLatencyMs", rounded(member.searchLatencyMs(), 4));
    }
    return node;
  }

  /** The limits that are set. */
  static ObjectNode constraints(Constraints limits) {
    ObjectNode node = NODES.objectNode();
    limits.maxParams().ifPresent(limit -> node.put("maxParams", limit));
    limits.maxMacs().ifPresent(limit -> node.put("maxMacs", limit));
    limits.maxLatencyMs().ifPresent(limit -> node.put("maxLatencyMs", limit));
    return node;
  }

  private static void correlation(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value, 4));
    } else {
      node.putNull(name); // not defined for so few networks, or for ties
    }
  }

  /** Shorter than a double's digits, and the same on every Java. */
  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.rint(value * scale) / scale;
  }
}
