package dev.linnet.space;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A genotype read by label: what a decoder sees. Immutable.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a label or an option that the space
 * does not have.
 */
public final class Chosen {
  private final SearchSpace space;
  private final Genotype genotype;

  Chosen(SearchSpace space, Genotype genotype) {
    this.space = space;
    this.genotype = genotype;
  }

  /** The genotype behind it. */
  public Genotype genotype() {
    return genotype;
  }

  /** The index of the chosen option. */
  public int index(String label) {
    return genotype.value(space.position(label));
  }

  /** The name of the chosen option. */
  public String option(String label) {
    int position = space.position(label);
    return space.genes().get(position).options().get(genotype.value(position));
  }

  /** Whether {@code option} is the chosen one. */
  public boolean is(String label, String option) {
    return index(label) == space.genes().get(space.position(label)).indexOf(option);
  }

  /**
   * The chosen option as a whole number: the value of a range, or an option whose name is one.
   *
   * @throws IllegalArgumentException if the chosen option is not a number
   */
  public int number(String label) {
    String option = option(label);
    try {
      return Integer.parseInt(option);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "choice " + label + ": the option \"" + option + "\" is not a whole number", e);
    }
  }

  /**
   * The chosen option as a constant of an enum: {@code hard-swish} is {@code HARD_SWISH}.
   *
   * @throws IllegalArgumentException if the enum has no such constant
   */
  public <E extends Enum<E>> E constant(String label, Class<E> type) {
    String name = option(label).toUpperCase(Locale.ROOT).replace('-', '_');
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "choice " + label + ": " + type.getSimpleName() + " has no constant " + name, e);
    }
  }

  /** The same with another option for one label. */
  public Chosen with(String label, String option) {
    return with(label, space.genes().get(space.position(label)).indexOf(option));
  }

  /**
   * The same with the first option for one label: how a canonical form marks what has no effect.
   */
  public Chosen reset(String label) {
    return with(label, 0);
  }

  private Chosen with(String label, int index) {
    int[] values = genotype.values();
    values[space.position(label)] = index;
    return new Chosen(space, space.genotype(values));
  }

  /** The names of all chosen options by label, in the order of the space. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    space.genes().forEach(gene -> options.put(gene.label(), option(gene.label())));
    return options;
  }

  /** For people: {@code {kernel=3, depth=2}}. */
  @Override
  public String toString() {
    return options().toString();
  }
}
