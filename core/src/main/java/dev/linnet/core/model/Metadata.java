package dev.linnet.core.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a model knows besides its network.
 *
 * @param labels the names of the classes, by index; distinct
 * @param preprocessing from pixels to the network's input
 * @param genotype the point of the search space in its text form; empty if there is none
 * @param space the name of the search space; empty if there is none
 * @param provenance where the model comes from
 */
public record Metadata(
    List<String> labels,
    Preprocessing preprocessing,
    String genotype,
    String space,
    Provenance provenance) {
  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException if there is no label or one twice
   */
  public Metadata {
    labels = List.copyOf(labels);
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(genotype, "genotype");
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(provenance, "provenance");
    HashSet<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new IllegalArgumentException(
            "labels: " + Json.quote(label) + " stands twice; class labels must be distinct");
      }
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels: there is none; a model needs one for each class");
    }
  }
}
