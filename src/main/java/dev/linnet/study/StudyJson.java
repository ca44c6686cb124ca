package dev.linnet.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A study as JSON: what was compared, and of every strategy the figures and the mean curve. */
public final class StudyJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StudyJson() {}

  /**
   * The object: {@code table}, {@code objective}, {@code optimum}, {@code strategies} and the
   * settings. A strategy has {@code regret} (with several objectives {@code hypervolume}) by number
   * of queries, {@code medianQueriesToOptimum} (null if fewer than half of the repeats ever asked
   * the optimum), {@code asked} (what is reported of the networks that were asked in the last third
   * of the queries), {@code meanCurve}, and {@code simulatedSeconds} where the table has times.
   * {@code tests} has mean ranks and probabilities by number of queries; see {@link Ranks}.
   */
  public static ObjectNode of(StudyResult result) {
    StudyOptions options = result.options();
    ObjectNode json = NODES.objectNode();
    json.put("table", options.table().name());
    json.put("objective", Goal.text(options.goals()));
    json.put("optimum", result.optimum());
    json.put("trials", options.trials());
    json.put("repeats", options.repeats());
    json.put("seed", options.seed());
    json.put("interval", "95 % of the mean, bootstrap");
    ArrayNode strategies = json.putArray("strategies");
    for (StudyResult.StrategyResult strategy : result.strategies()) {
      strategies.add(strategy(result, strategy));
    }
    ObjectNode tests = json.putObject("tests");
    for (int queries : result.checkpoints()) {
      tests.set(Integer.toString(queries), tests(result, queries));
    }
    return json;
  }

  private static ObjectNode strategy(StudyResult result, StudyResult.StrategyResult strategy) {
    ObjectNode node = NODES.objectNode().put("name", strategy.name());
    ObjectNode values = node.putObject(result.maximize() ? "hypervolume" : "regret");
    for (int queries : result.checkpoints()) {
      figure(values.putObject(Integer.toString(queries)), strategy.figure(queries));
    }
    if (strategy.medianToOptimum().isPresent()) {
      node.put("medianQueriesToOptimum", strategy.medianToOptimum().getAsDouble());
    } else {
      node.putNull("medianQueriesToOptimum");
    }
    if (strategy.late().length > 0) {
      figure(node.putObject("asked").putObject(late(result)), Figure.of(strategy.late()));
    }
    if (strategy.seconds().length > 0) {
      ObjectNode seconds = node.putObject("simulatedSeconds");
      for (int queries : result.checkpoints()) {
        seconds.put(Integer.toString(queries), strategy.seconds()[queries - 1]);
      }
    }
    ArrayNode curve = node.putArray("meanCurve");
    for (double value : strategy.means()) {
      curve.add(value);
    }
    return node;
  }

  private static String late(StudyResult result) {
    return result.late() + "-" + result.options().trials();
  }

  private static void figure(ObjectNode node, Figure figure) {
    node.put("mean", figure.mean())
        .put("median", figure.median())
        .put("low", figure.low())
        .put("high", figure.high());
  }

  private static ObjectNode tests(StudyResult result, int queries) {
    Ranks ranks = result.ranks(queries);
    ObjectNode node = NODES.objectNode();
    ObjectNode means = node.putObject("meanRank");
    for (int s = 0; s < ranks.means().length; s++) {
      means.put(result.strategies().get(s).name(), ranks.means()[s]);
    }
    node.put("friedman", ranks.friedman());
    ArrayNode pairs = node.putArray("pairs");
    for (Ranks.Pair pair : ranks.pairs()) {
      pairs
          .addObject()
          .put("a", result.strategies().get(pair.a()).name())
          .put("b", result.strategies().get(pair.b()).name())
          .put("better", result.strategies().get(pair.better()).name())
          .put("p", pair.p());
    }
    return node;
  }
}
