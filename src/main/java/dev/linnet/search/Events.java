package dev.linnet.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.core.train.Trainer;
import dev.linnet.data.Provenance;
import dev.linnet.search.FinalPhase.Contender;
import dev.linnet.search.FinalPhase.Entrant;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.supernet.Supernet;
import java.util.function.Consumer;

/**
 * What happens in a run, as events of its log. Whatever may differ between two runs of one seed
 * goes into the stamp of an event, never into its fields.
 */
final class Events {
  private final Consumer<Event> log;

  Events(Consumer<Event> log) {
    this.log = log;
  }

  /** The first event: all that determines the run. */
  void run(RunContext run, String estimator) {
    SearchOptions options = run.options();
    Provenance from = options.data().provenance();
    ObjectNode fields = Event.object();
    fields.put("version", Versions.linnet());
    ObjectNode data = fields.putObject("data");
    data.put("name", options.data().name());
    data.put("sha256", from.sha256());
    data.put("shape", from.shape().toString());
    data.put("train", from.train()).put("validation", from.validation()).put("test", from.test());
    from.classes().forEach(data.putArray("classes")::add);
    ObjectNode space = fields.putObject("space");
    space.put("name", options.space().name());
    space.put("fingerprint", options.space().fingerprint());
    space.put("size", options.space().size().toString());
    fields.put("strategy", options.strategy());
    options.objectives().forEach(o -> fields.withArray("objectives").add(o.text()));
    fields.put("estimator", estimator);
    fields.put("backend", run.backend().name());
    fields.put("seed", options.seed());
    fields.set("constraints", constraints(options.constraints()));
    options.budget().ifPresent(time -> fields.put("budgetSeconds", time.toMillis() / 1e3));
    Execution execution = options.execution();
    execution.trialTime().ifPresent(time -> fields.put("trialSeconds", time.toMillis() / 1e3));
    execution.trialMemory().ifPresent(bytes -> fields.put("trialBytes", bytes));
    ObjectNode stamp = Event.object();
    stamp.put("command", options.command());
    stamp.put("backend", run.backend().description());
    stamp.put("threads", options.threads());
    stamp.put("parallel", execution.parallel());
    stamp.put("java", Versions.java());
    log.accept(new Event("run", fields, stamp));
  }

  /** The limits that are set. */
  private static ObjectNode constraints(Constraints limits) {
    ObjectNode node = Event.object();
    limits.maxParams().ifPresent(limit -> node.put("maxParams", limit));
    limits.maxMacs().ifPresent(limit -> node.put("maxMacs", limit));
    limits.maxLatencyMs().ifPresent(limit -> node.put("maxLatencyMs", limit));
    return node;
  }

  void plan(SearchPlan plan) {
    ObjectNode fields = Event.object();
    fields.put("supernetEpochs", plan.supernetEpochs());
    fields.put("trials", plan.trials());
    fields.put("finalists", plan.finalists());
    fields.put("epochs", plan.epochs());
    log.accept(new Event("plan", fields));
  }

  void supernetEpoch(Trainer.Epoch epoch) {
    ObjectNode fields = Event.object();
    fields.put("epoch", epoch.number());
    fields.put("epochs", epoch.of());
    fields.put("loss", epoch.loss());
    fields.put("accuracy", epoch.accuracy());
    log.accept(new Event("supernet", fields));
  }

  /** A candidate diverged while the supernet was trained, and the shared weights were restored. */
  void pathFailed(Genotype genotype, String reason) {
    ObjectNode fields = Event.object();
    fields.put("genotype", genotype.toString());
    fields.put("reason", reason);
    log.accept(new Event("path-failed", fields));
  }

  void supernetDone(Supernet supernet) {
    ObjectNode fields = Event.object();
    fields.put("params", supernet.parameters());
    fields.put("weights", supernet.weightsChecksum());
    log.accept(new Event("supernet-done", fields));
  }

  void trial(String by, Trial trial, Outcome outcome) {
    log.accept(TrialEvent.of(by, trial, outcome));
  }

  private static void cost(ObjectNode fields, Cost cost) {
    fields.put("params", cost.params());
    fields.put("macs", cost.macs());
  }

  void epoch(Entrant entrant, Trainer.Epoch epoch, double validation) {
    ObjectNode fields = network(entrant);
    fields.put("epoch", epoch.number());
    fields.put("epochs", epoch.of());
    fields.put("loss", epoch.loss());
    fields.put("trainAccuracy", epoch.accuracy());
    fields.put("valAccuracy", validation);
    log.accept(new Event("epoch", fields));
  }

  void trained(Contender contender, String weights) {
    ObjectNode fields = network(contender.entrant());
    fields.put("valAccuracy", contender.result().validation());
    fields.put("complete", contender.result().complete());
    cost(fields, contender.entrant().cost());
    fields.put("weights", weights);
    log.accept(new Event("trained", fields));
  }

  /** A finalist's training diverged. */
  void failed(Entrant entrant, String reason) {
    ObjectNode fields = network(entrant);
    fields.put("reason", reason);
    log.accept(new Event("training-failed", fields));
  }

  private static ObjectNode network(Entrant entrant) {
    ObjectNode fields = Event.object();
    fields.put("network", entrant.name());
    fields.put("role", entrant.role().text());
    fields.put("genotype", entrant.genotype().map(Genotype::toString).orElse(null));
    return fields;
  }

  void ranking(SearchResult.Ranking ranking) {
    ObjectNode fields = Event.object();
    fields.put("networks", ranking.networks());
    fields.put("kendallSupernet", ranking.estimate());
    fields.put("kendallMacs", ranking.macs());
    log.accept(new Event("rank", fields));
  }

  /**
   * A member of the Pareto front was measured again.
   *
   * @param latencyMs of the new measurement
   * @param dominated whether it is no member any more by the new measurements
   */
  void front(Member member, double latencyMs, boolean dominated) {
    ObjectNode fields = Event.object();
    fields.put("number", member.trial().number());
    fields.put("genotype", member.trial().genotype().toString());
    fields.put("valAccuracy", member.outcome().accuracy());
    cost(fields, member.outcome().cost());
    fields.put("peakBytes", member.outcome().cost().peakBytes());
    ObjectNode stamp = Event.object();
    stamp.put("latencyMs", latencyMs);
    member.outcome().latencyMs().ifPresent(ms -> stamp.put("searchLatencyMs", ms));
    stamp.put("dominated", dominated);
    log.accept(new Event(FrontPhase.EVENT, fields, stamp));
  }

  void tested(NetworkResult result) {
    ObjectNode fields = Event.object();
    fields.put("network", result.name());
    fields.put("role", result.role());
    fields.put("testAccuracy", result.test());
    ObjectNode stamp = Event.object();
    stamp.put("latencyMs", result.latencyMs());
    log.accept(new Event("tested", fields, stamp));
  }

  /**
   * The last event.
   *
   * @param seconds of the whole command
   */
  void end(String reason, double seconds) {
    ObjectNode fields = Event.object();
    fields.put("reason", reason);
    log.accept(new Event("end", fields, Event.object().put("commandSeconds", seconds)));
  }
}
