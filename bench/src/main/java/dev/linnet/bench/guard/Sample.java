package dev.linnet.bench.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fractions that one state of the code reached on one machine: a baseline, or a line of the
 * history.
 *
 * @param commit what was measured; with {@code +} behind it, a change on top of it
 * @param date in UTC, to the second
 * @param java the feature version of the JDK
 * @param cpu the family and the bits of a vector register, which baselines are kept by
 * @param model the CPU as it calls itself
 * @param fractions by case, sorted by name
 */
public record Sample(
    String commit, String date, int java, String cpu, String model, Map<String, Double> fractions) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double STEPS = 1000;

  /** Sorts the fractions, and rounds them to a thousandth. */
  public Sample {
    Map<String, Double> sorted = new TreeMap<>();
    fractions.forEach((name, value) -> sorted.put(name, Math.round(value * STEPS) / STEPS));
    fractions = Collections.unmodifiableMap(sorted);
  }

  /**
   * Reads what {@link #line} and {@link #page} write.
   *
   * @param where names the file and the line in a message
   * @throws IllegalArgumentException if it is no such object
   */
  public static Sample parse(String json, String where) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(where + ": not JSON: " + e.getOriginalMessage(), e);
    }
    for (String key : new String[] {"commit", "date", "java", "cpu", "model", "fractions"}) {
      if (!node.has(key)) {
        throw new IllegalArgumentException(where + ": \"" + key + "\" is missing");
      }
    }
    Map<String, Double> fractions = new TreeMap<>();
    node.get("fractions")
        .properties()
        .forEach(field -> fractions.put(field.getKey(), field.getValue().asDouble()));
    return new Sample(
        node.get("commit").asText(),
        node.get("date").asText(),
        node.get("java").asInt(),
        node.get("cpu").asText(),
        node.get("model").asText(),
        fractions);
  }

  /** As one line of JSON. */
  public String line() {
    return node().toString();
  }

  /** As JSON with one fraction a line, so that a change of one is a change of one line. */
  public String page() {
    return node().toPrettyString() + "\n";
  }

  private ObjectNode node() {
    ObjectNode node = JSON.createObjectNode();
    node.put("commit", commit).put("date", date).put("java", java);
    node.put("cpu", cpu).put("model", model);
    ObjectNode values = node.putObject("fractions");
    fractions.forEach(values::put);
    return node;
  }
}
