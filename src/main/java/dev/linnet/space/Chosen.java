package dev.linnet.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A genotype read by label: what a decoder sees. Immutable.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a label or an option that the space
 * does not have.
 */
public final class Chosen {
  private final SearchSpace space;
  private final Genotype genotype;

  /** What labels start with here: empty, or that of a block. */
  private final String prefix;

  Chosen(SearchSpace space, Genotype genotype, String prefix) {
    this.space = space;
    this.genotype = genotype;
    this.prefix = prefix;
  }

  /** The genotype behind it. */
  public Genotype genotype() {
    return genotype;
  }

  /** Whether there is a choice with this label. */
  public boolean has(String label) {
    return space.has(prefix + label) || space.has(label);
  }

  /** The index of the chosen option. */
  public int index(String label) {
    return genotype.value(position(label));
  }

  /** The name of the chosen option. */
  public String option(String label) {
    int position = position(label);
    return space.genes().get(position).options().get(genotype.value(position));
  }

  /** Whether {@code option} is the chosen one. */
  public boolean is(String label, String option) {
    return index(label) == space.genes().get(position(label)).indexOf(option);
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
   * The chosen option as a number: the value of a range, or an option whose name is one.
   *
   * @throws IllegalArgumentException if the chosen option is not a number
   */
  public double real(String label) {
    String option = option(label);
    try {
      return Double.parseDouble(option);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "choice " + label + ": the option \"" + option + "\" is not a number", e);
    }
  }

  /** The chosen ones of {@link ManyOf}, in order. */
  public List<String> many(String label) {
    return List.of(option(label).split(Pattern.quote(ManyOf.AND), -1));
  }

  /** Whether the choice matters, given the others. */
  public boolean matters(String label) {
    return space.active(genotype)[position(label)];
  }

  /**
   * The blocks of a {@link Repeat}, as many as are chosen. Each is read by the labels of the block;
   * what the block does not have is looked up outside.
   */
  public List<Chosen> repeats(String label) {
    String full = space.genes().get(position(label)).label();
    return IntStream.rangeClosed(1, number(label))
        .mapToObj(i -> new Chosen(space, genotype, Repeat.prefix(full, i)))
        .toList();
  }

  /** The position of the label in the innermost block that has it. */
  private int position(String label) {
    for (String outer = prefix; !outer.isEmpty(); outer = outside(outer)) {
      if (space.has(outer + label)) {
        return space.position(outer + label);
      }
    }
    return space.position(label);
  }

  /** The prefix one part shorter: {@code a/1/b/} of {@code a/1/b/2/}. */
  private static String outside(String prefix) {
    return prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
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
    return with(label, space.genes().get(position(label)).indexOf(option));
  }

  /**
   * The same with the first option for one label: how a canonical form marks what has no effect.
   */
  public Chosen reset(String label) {
    return with(label, 0);
  }

  private Chosen with(String label, int index) {
    int[] values = genotype.values();
    values[position(label)] = index;
    return new Chosen(space, space.genotype(values), prefix);
  }

  /** The names of all chosen options by label, in the order of the space. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < genotype.size(); i++) {
      Gene gene = space.genes().get(i);
      options.put(gene.label(), gene.options().get(genotype.value(i)));
    }
    return options;
  }

  /** For people: {@code {kernel=3, depth=2}}. */
  @Override
  public String toString() {
    return options().toString();
  }
}
