package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.space.Cost;
import java.util.Locale;
import java.util.OptionalDouble;

/** The event of a trial and its outcome, and back. */
final class TrialEvent {
  static final String TYPE = "trial";

  private TrialEvent() {}

  /**
   * The event.
   *
   * @param by who asked
   */
  static Event of(String by, Trial trial, Outcome outcome) {
    ObjectNode fields = Event.object();
    fields.put("number", trial.number());
    fields.put("by", by);
    fields.put("genotype", trial.genotype().toString());
    if (trial.fidelity() != 1) {
      fields.put("fidelity", trial.fidelity());
    }
    ObjectNode stamp = Event.object();
    put(outcome, fields, stamp);
    return new Event(TYPE, fields, stamp);
  }

  static void put(Outcome outcome, ObjectNode fields, ObjectNode stamp) {
    if (outcome instanceof Outcome.Measured measured) {
      fields.put("outcome", "measured");
      fields.put("valAccuracy", measured.accuracy());
      fields.put("params", measured.cost().params());
      fields.put("macs", measured.cost().macs());
      fields.put("peakBytes", measured.cost().peakBytes());
      measured.latencyMs().ifPresent(ms -> stamp.put("latencyMs", ms));
    } else {
      fields.put("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      fields.put("reason", TrialPhase.reason(outcome));
    }
  }

  /**
   * The outcome that an event tells.
   *
   * @throws IllegalStateException if it tells none
   */
  static Outcome outcome(Event event) {
    ObjectNode fields = event.fields();
    String reason = fields.path("reason").asText();
    return switch (fields.path("outcome").asText()) {
      case "measured" -> measured(fields, event.stamp().path("latencyMs"));
      case "pruned" -> new Outcome.Pruned(reason);
      case "rejected" -> new Outcome.Rejected(reason);
      case "failed" -> new Outcome.Failed(reason);
      default -> throw new IllegalStateException("a trial without an outcome: " + fields);
    };
  }

  private static Outcome measured(ObjectNode fields, JsonNode latencyMs) {
    return new Outcome.Measured(
        fields.path("valAccuracy").asDouble(),
        new Cost(
            fields.path("params").asLong(),
            fields.path("macs").asLong(),
            fields.path("peakBytes").asLong()),
        latencyMs.isNumber() ? OptionalDouble.of(latencyMs.asDouble()) : OptionalDouble.empty());
  }

  /**
   * An outcome with the digits that the log keeps: strategies are told no others, so that a run
   * that is resumed tells them the same.
   */
  static Outcome asRecorded(Outcome outcome) {
    ObjectNode fields = Event.object();
    ObjectNode stamp = Event.object();
    put(outcome, fields, stamp);
    return outcome(new Event(TYPE, fields, stamp));
  }
}
