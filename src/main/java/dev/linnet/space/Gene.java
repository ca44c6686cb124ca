package dev.linnet.space;

import java.util.HashSet;
import java.util.List;

/**
 * One position of a genotype: an index into named options.
 *
 * @param label unique in the space, without blanks, such as {@code stage1/width}
 * @param options the names of the values, at least one, all different
 */
public record Gene(String label, List<String> options) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a name is empty or has blanks, if there is no option or one
   *     occurs twice
   */
  public Gene {
    options = List.copyOf(options);
    requireName("label", label, label);
    if (options.isEmpty()) {
      throw new IllegalArgumentException("choice " + label + ": at least one option is needed");
    }
    for (String option : options) {
      requireName("option", option, label);
    }
    if (new HashSet<>(options).size() < options.size()) {
      throw new IllegalArgumentException("choice " + label + ": an option occurs twice " + options);
    }
  }

  /** The number of values. */
  public int size() {
    return options.size();
  }

  /**
   * The index of {@code option}.
   *
   * @throws IllegalArgumentException if there is no such option
   */
  public int indexOf(String option) {
    int index = options.indexOf(option);
    if (index < 0) {
      throw new IllegalArgumentException(
          "choice " + label + ": no option \"" + option + "\"; there are " + options);
    }
    return index;
  }

  private static void requireName(String kind, String name, String label) {
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || Character.isWhitespace(c))) {
      throw new IllegalArgumentException(
          "choice \"" + label + "\": the " + kind + " \"" + name + "\" is empty or has blanks");
    }
  }
}
