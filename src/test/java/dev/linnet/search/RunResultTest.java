package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunResultTest {
  private static final Event RUN =
      event(
          "run",
          """
          {"version": "1.2", "data": {"name": "digits", "sha256": "abc", "test": 30},
           "space": {"name": "tiny"}, "strategy": "evolution", "objectives": ["accuracy"],
           "estimator": "supernet", "seed": 11, "constraints": {"maxMacs": 60000}}
          """,
          """
          {"command": "linnet search", "backend": "scalar, 2 threads", "threads": 2, "java": "17"}
          """);
  private static final Event END =
      event("end", "{\"reason\": \"finished\"}", "{\"commandSeconds\": 12.3456}");

  private static Event event(String type, String fields, String stamp) {
    return new Event(type, object(fields), object(stamp));
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static Event trial(int number, String by) {
    return event("trial", "{\"number\": %d, \"by\": \"%s\"}".formatted(number, by), "{}");
  }

  private static Event rank(String supernet, String macs) {
    return event(
        "rank",
        "{\"networks\": 4, \"kendallSupernet\": %s, \"kendallMacs\": %s}".formatted(supernet, macs),
        "{}");
  }

  /** A whole run, with the given events before its end. */
  private static JsonNode result(Event run, Event... more) {
    List<Event> events =
        new ArrayList<>(
            List.of(
                run,
                trial(0, "evolution"),
                trial(1, "evolution"),
                trial(0, "random"),
                event(
                    "trained",
                    """
                    {"network": "evolution-1", "genotype": "tiny:1.0", "valAccuracy": 0.666667,
                     "params": 1234, "macs": 56789, "weights": "feed"}
                    """,
                    "{}"),
                event(
                    "trained",
                    """
                    {"network": "resnet-8", "genotype": null, "valAccuracy": 0.5,
                     "params": 7, "macs": 8, "weights": "beef"}
                    """,
                    "{}"),
                rank("0.66666", "-0.5"),
                event(
                    "tested",
                    """
                    {"network": "evolution-1", "role": "candidate", "testAccuracy": 0.75}
                    """,
                    "{\"latencyMs\": 0.123456}"),
                event(
                    "tested",
                    """
                    {"network": "resnet-8", "role": "hand-designed", "testAccuracy": 0.25}
                    """,
                    "{\"latencyMs\": 1}")));
    events.addAll(List.of(more));
    events.add(END);
    return RunResult.of(events).orElseThrow();
  }

  @Test
  void itHasEveryFieldWithItsValue() {
    JsonNode json = result(RUN);
    assertEquals(11, json.required("seed").asInt());
    assertEquals("digits", json.required("data").asText());
    assertEquals("tiny", json.required("space").asText());
    assertEquals("evolution", json.required("strategy").asText());
    assertEquals("supernet", json.required("estimator").asText());
    assertEquals("scalar, 2 threads", json.required("backend").asText());
    assertEquals(12.346, json.required("seconds").asDouble());
    assertEquals("linnet search", json.required("command").asText());
    assertEquals(2, json.required("threads").asInt());
    assertEquals(30, json.required("testImages").asInt());
    assertEquals("abc", json.required("dataSha256").asText());
    assertEquals("17", json.required("jvm").asText());
    assertEquals("1.2", json.required("version").asText());
    assertFalse(json.required("interrupted").asBoolean());
    assertEquals("{\"maxMacs\":60000}", json.required("constraints").toString());
    assertEquals(4, json.required("rank").required("networks").asInt());
    assertEquals(0.6667, json.required("rank").required("kendallSupernet").asDouble());
    assertEquals(-0.5, json.required("rank").required("kendallMacs").asDouble());
  }

  @Test
  void trialsAreThoseOfTheStrategyAlone() {
    assertEquals(2, result(RUN).required("trials").asInt());
  }

  @Test
  void theWinnerHasItsGenotypeCostAndTheChecksumOfItsWeights() {
    JsonNode best = result(RUN).required("best");
    assertEquals("tiny:1.0", best.required("genotype").asText());
    assertEquals(0.666667, best.required("valAccuracy").asDouble());
    assertEquals(0.75, best.required("testAccuracy").asDouble());
    assertEquals(1234, best.required("params").asLong());
    assertEquals(56_789, best.required("macs").asLong());
    assertEquals(0.1235, best.required("latencyMs").asDouble());
    assertEquals("feed", best.required("weights").asText());
  }

  @Test
  void aBaselineByHandHasNoGenotype() {
    JsonNode baselines = result(RUN).required("baselines");
    assertEquals(1, baselines.size());
    assertTrue(baselines.get(0).required("genotype").isNull());
    assertEquals("resnet-8", baselines.get(0).required("name").asText());
    assertEquals(0.25, baselines.get(0).required("testAccuracy").asDouble());
    assertEquals(7, baselines.get(0).required("params").asLong());
    assertEquals(8, baselines.get(0).required("macs").asLong());
    assertEquals(1, baselines.get(0).required("latencyMs").asDouble());
  }

  @Test
  void theFrontIsThereForSeveralObjectivesWithoutWhatTheLastMeasurementRuledOut() {
    ObjectNode fields = RUN.fields().deepCopy();
    fields.withArray("objectives").add("latency");
    String member =
        """
        {"genotype": "tiny:%s", "valAccuracy": 0.666667, "params": 12, "macs": 345, "peakBytes": 6789}
        """;
    JsonNode json =
        result(
            new Event("run", fields, RUN.stamp().deepCopy()),
            event(
                "front",
                member.formatted("1.0"),
                "{\"latencyMs\": 0.25, \"searchLatencyMs\": 0.5, \"dominated\": false}"),
            event("front", member.formatted("0.1"), "{\"latencyMs\": 0.75, \"dominated\": true}"));
    assertEquals("[\"accuracy\",\"latency\"]", json.required("objectives").toString());
    assertEquals(1, json.required("front").size());
    assertEquals(
        "{\"genotype\":\"tiny:1.0\",\"valAccuracy\":0.666667,\"params\":12,\"macs\":345,"
            + "\"peakBytes\":6789,\"latencyMs\":0.25,\"searchLatencyMs\":0.5}",
        json.required("front").get(0).toString());
    assertFalse(result(RUN).has("front"));
  }

  @Test
  void aCorrelationThatIsNotDefinedIsNull() {
    JsonNode rank = result(RUN, rank("null", "null")).required("rank");
    assertTrue(rank.required("kendallSupernet").isNull());
    assertTrue(rank.required("kendallMacs").isNull());
  }

  @Test
  void aRunThatHasNotEndedHasNoResult() {
    assertEquals(Optional.empty(), RunResult.of(List.of(RUN, trial(0, "evolution"))));
    assertEquals(Optional.empty(), RunResult.of(List.of()));
  }
}
