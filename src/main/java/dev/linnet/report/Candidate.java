package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One trial of a search.
 *
 * @param number of the trial
 * @param by {@code evolution} or {@code random}
 * @param genotype in text form
 * @param outcome {@code measured}, {@code pruned}, {@code rejected} or {@code failed}
 * @param accuracy the estimate on the validation images; NaN unless measured at full fidelity
 * @param params trainable values; 0 unless measured
 * @param macs multiply-accumulates for one image; 0 unless measured
 * @param reason why it was not measured, or empty
 */
record Candidate(
    int number,
    String by,
    String genotype,
    String outcome,
    double accuracy,
    long params,
    long macs,
    String reason) {

  static Candidate of(JsonNode trial) {
    return new Candidate(
        trial.path("number").asInt(),
        trial.path("by").asText(),
        trial.path("genotype").asText(),
        trial.path("outcome").asText(),
        trial.path("fidelity").asDouble(1) < 1
            ? Double.NaN
            : trial.path("valAccuracy").asDouble(Double.NaN),
        trial.path("params").asLong(),
        trial.path("macs").asLong(),
        trial.path("reason").asText());
  }

  /** Whether effort was spent on it: a rejected candidate costs nothing. */
  boolean evaluated() {
    return !outcome.equals("rejected");
  }

  /** Whether there is an accuracy and a cost to draw. */
  boolean measured() {
    return outcome.equals("measured") && Double.isFinite(accuracy) && macs > 0;
  }

  /**
   * The candidates that no other one beats in accuracy without more multiply-accumulates, from
   * cheap to dear.
   */
  static List<Candidate> front(List<Candidate> candidates) {
    List<Candidate> front = new ArrayList<>();
    candidates.stream()
        .filter(Candidate::measured)
        .sorted(
            Comparator.comparingLong(Candidate::macs)
                .thenComparing(Comparator.comparingDouble(Candidate::accuracy).reversed()))
        .forEach(
            c -> {
              if (front.isEmpty() || c.accuracy > front.get(front.size() - 1).accuracy) {
                front.add(c);
              }
            });
    return front;
  }
}
