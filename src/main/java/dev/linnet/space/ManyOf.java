package dev.linnet.space;

import java.util.ArrayList;
import java.util.List;

/**
 * Several different ones of some options. It is one gene, whose options are the possible selections
 * joined by {@code +}, such as {@code conv+pool}: so every genotype is valid and all selections are
 * equally likely. A mutation takes any other selection.
 *
 * @param label the name of the choice, without blanks
 * @param count how many are taken, 1 to the number of options
 * @param ordered whether their order matters
 * @param options the names of the options, without blanks and {@code +}, all different
 */
public record ManyOf(String label, int count, boolean ordered, List<String> options)
    implements Choice {
  /** Between the options of a selection. */
  static final String AND = "+";

  private static final int MOST = 10_000;

  /**
   * Checks names and count.
   *
   * @throws IllegalArgumentException if they are not as said, or if there are more than 10,000
   *     selections
   */
  public ManyOf {
    options = new Gene(label, options).options();
    for (String option : options) {
      if (option.contains(AND)) {
        throw new IllegalArgumentException(
            "choice " + label + ": the option \"" + option + "\" has a " + AND);
      }
    }
    if (count < 1 || count > options.size()) {
      throw new IllegalArgumentException(
          "choice %s: 1 to %d of %d options, not %d"
              .formatted(label, options.size(), options.size(), count));
    }
    double selections = 1;
    for (int i = 0; i < count; i++) {
      selections *= (double) (options.size() - i) / (ordered ? 1 : i + 1);
    }
    if (selections > MOST + 0.5) {
      throw new IllegalArgumentException(
          "choice %s: %d of %d options are %.0f selections, more than %d"
              .formatted(label, count, options.size(), selections, MOST));
    }
  }

  @Override
  public List<Slot> slots() {
    List<String> selections = new ArrayList<>();
    extend(new ArrayList<>(), 0, selections);
    return List.of(Slot.of(new Gene(label, selections)));
  }

  private void extend(List<String> start, int from, List<String> selections) {
    if (start.size() == count) {
      selections.add(String.join(AND, start));
      return;
    }
    for (int i = ordered ? 0 : from; i < options.size(); i++) {
      if (!start.contains(options.get(i))) {
        start.add(options.get(i));
        extend(start, i + 1, selections);
        start.remove(start.size() - 1);
      }
    }
  }
}
