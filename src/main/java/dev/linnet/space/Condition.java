package dev.linnet.space;

import java.util.List;

/**
 * When a choice matters: only if another one has one of some options.
 *
 * @param label of the gene that it depends on
 * @param options of that gene, at least one
 */
public record Condition(String label, List<String> options) {

  /**
   * Copies the options.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Condition {
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException(
          "a condition on choice " + label + ": at least one option is needed");
    }
  }
}
