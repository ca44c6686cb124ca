package dev.linnet.space;

import dev.linnet.core.nn.Architecture;
import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A search space: labelled choices and a decoder that turns what was chosen into a network.
 * Immutable.
 *
 * <pre>{@code
 * SearchSpace tiny =
 *     SearchSpace.of(
 *         "tiny",
 *         List.of(oneOf("kernel", "3", "5"), intRange("depth", 1, 3)),
 *         (chosen, task) ->
 *             (n, x) -> {
 *               for (int i = 1; i <= chosen.number("depth"); i++) {
 *                 x = n.convBnAct("conv" + i, x, 16, chosen.number("kernel"), 1, RELU);
 *               }
 *               return n.classifier("head", x, task.classes());
 *             });
 * }</pre>
 *
 * <p>Different genotypes may stand for one network; {@link #canonical} gives one of them for all,
 * by the rule that {@link #canonicalizedBy} adds.
 */
public final class SearchSpace {
  private static final int MUTATION_ATTEMPTS = 1000;

  private final String name;
  private final List<Choice> choices;
  private final List<Gene> genes;
  private final Map<String, Integer> positions;
  private final String fingerprint;
  private final Decoder decoder;
  private final UnaryOperator<Chosen> canonical;
  private final Notation notation;

  private SearchSpace(
      String name,
      List<Choice> choices,
      Decoder decoder,
      UnaryOperator<Chosen> canonical,
      Notation notation) {
    this.name = name;
    this.choices = List.copyOf(choices);
    this.genes = this.choices.stream().flatMap(c -> c.genes().stream()).toList();
    this.positions = positions(name, genes);
    this.fingerprint = Fingerprint.of(name, genes);
    this.decoder = decoder;
    this.canonical = canonical;
    this.notation = notation;
  }

  /**
   * A space in which every genotype counts as a network of its own.
   *
   * @param name letters, digits, {@code -} and {@code _}
   * @param choices at least one, their labels all different
   * @param decoder gives the network; it must depend on its arguments alone
   * @throws IllegalArgumentException if the name or the labels are not as said
   */
  public static SearchSpace of(String name, List<Choice> choices, Decoder decoder) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "SearchSpace: a name has letters, digits, - and _, not \"" + name + "\"");
    }
    return new SearchSpace(
        name, choices, decoder, UnaryOperator.identity(), text -> Optional.empty());
  }

  /**
   * The same space with a rule that gives equivalent genotypes one form.
   *
   * @param rule maps what was chosen to its canonical form; usually {@link Chosen#reset} for
   *     choices without effect. Applying it twice must give the same as once
   */
  public SearchSpace canonicalizedBy(UnaryOperator<Chosen> rule) {
    return new SearchSpace(name, choices, decoder, rule, notation);
  }

  /** The same space with a further text form that {@link #parse} accepts. */
  public SearchSpace alsoReading(Notation other) {
    return new SearchSpace(name, choices, decoder, canonical, other);
  }

  private static Map<String, Integer> positions(String name, List<Gene> genes) {
    if (genes.isEmpty()) {
      throw new IllegalArgumentException("SearchSpace " + name + ": at least one choice is needed");
    }
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (Gene gene : genes) {
      if (positions.put(gene.label(), positions.size()) != null) {
        throw new IllegalArgumentException(
            "SearchSpace " + name + ": two choices have the label " + gene.label());
      }
    }
    return positions;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** Eight hexadecimal digits that depend on the name, the labels and the options alone. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Name and fingerprint, with which every genotype of this space starts. */
  public String id() {
    return name + ":" + fingerprint;
  }

  /** The choices. */
  public List<Choice> choices() {
    return choices;
  }

  /** The positions of a genotype: the genes of all choices, in order. */
  public List<Gene> genes() {
    return genes;
  }

  /** The number of genotypes, equivalent ones counted each. */
  public BigInteger size() {
    return genes.stream()
        .map(gene -> BigInteger.valueOf(gene.size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /**
   * All genotypes, the last gene running fastest.
   *
   * @throws ArithmeticException if there are 2<sup>63</sup> or more
   */
  public Stream<Genotype> all() {
    return LongStream.range(0, size().longValueExact()).mapToObj(this::numbered);
  }

  private Genotype numbered(long number) {
    int[] values = new int[genes.size()];
    long rest = number;
    for (int i = values.length - 1; i >= 0; i--) {
      values[i] = (int) (rest % genes.get(i).size());
      rest /= genes.get(i).size();
    }
    return new Genotype(id(), values);
  }

  /**
   * The genotype with the given values.
   *
   * @throws IllegalArgumentException if their number is wrong or one is out of range
   */
  public Genotype genotype(int... values) {
    if (values.length != genes.size()) {
      throw new IllegalArgumentException(
          "genotype: " + values.length + " values, space " + name + " has " + genes.size());
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= genes.get(i).size()) {
        throw new IllegalArgumentException(
            "genotype: value %d at position %d (%s) is out of the range 0…%d"
                .formatted(values[i], i + 1, genes.get(i).label(), genes.get(i).size() - 1));
      }
    }
    return new Genotype(id(), values.clone());
  }

  /**
   * Reads the text form of a genotype.
   *
   * @throws IllegalArgumentException in one line: another form, another space, a wrong number of
   *     values, a value out of range
   */
  public Genotype parse(String text) {
    return notation
        .read(text)
        .map(this::genotype)
        .orElseGet(() -> genotype(GenotypeText.values(text, this)));
  }

  /** A uniformly random genotype: every gene is drawn by itself, every option equally likely. */
  public Genotype sample(RandomStream random) {
    int[] values = new int[genes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(genes.get(i).size());
    }
    return new Genotype(id(), values);
  }

  /** {@link #mutate(Genotype, int, RandomStream)} of one gene. */
  public Genotype mutate(Genotype genotype, RandomStream random) {
    return mutate(genotype, 1, random);
  }

  /**
   * Changes genes: which ones and their new values are uniformly random, under the condition that
   * the canonical form changes, so that a mutation is never without effect. In a space where no
   * such change was found in 1,000 attempts, the last attempt is returned.
   *
   * @param changes how many genes get another value; at most those that have several options
   * @throws IllegalArgumentException if {@code changes} is below 1, or no gene has two options
   */
  public Genotype mutate(Genotype genotype, int changes, RandomStream random) {
    int[] open = open();
    if (changes < 1 || open.length == 0) {
      throw new IllegalArgumentException(
          "mutate: "
              + changes
              + " changes of "
              + open.length
              + " genes with several options; both must be at least 1");
    }
    Genotype before = canonical(genotype);
    Genotype mutant = genotype;
    for (int i = 0; i < MUTATION_ATTEMPTS && canonical(mutant).equals(before); i++) {
      mutant = changed(genotype, open, Math.min(changes, open.length), random);
    }
    return mutant;
  }

  /**
   * The canonical forms of all genotypes that differ from {@code genotype} in one gene: all
   * different, its own left out, ordered by gene and value.
   */
  public List<Genotype> neighbours(Genotype genotype) {
    Genotype own = canonical(genotype);
    Set<Genotype> neighbours = new LinkedHashSet<>();
    for (int i = 0; i < genes.size(); i++) {
      for (int value = 0; value < genes.get(i).size(); value++) {
        int[] values = genotype.values();
        values[i] = value;
        neighbours.add(canonical(new Genotype(id(), values)));
      }
    }
    neighbours.remove(own);
    return List.copyOf(neighbours);
  }

  private int[] open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < genes.size(); i++) {
      if (genes.get(i).size() > 1) {
        open.add(i);
      }
    }
    return open.stream().mapToInt(Integer::intValue).toArray();
  }

  private Genotype changed(Genotype genotype, int[] open, int changes, RandomStream random) {
    int[] values = genotype.values();
    int[] order = random.permutation(open.length);
    for (int i = 0; i < changes; i++) {
      int position = open[order[i]];
      int other = random.nextInt(genes.get(position).size() - 1);
      values[position] = other < values[position] ? other : other + 1;
    }
    return new Genotype(id(), values);
  }

  /** Uniform crossover: every gene comes from either parent, equally likely. */
  public Genotype cross(Genotype a, Genotype b, RandomStream random) {
    requireOwn(a);
    requireOwn(b);
    int[] values = a.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? values[i] : b.value(i);
    }
    return new Genotype(id(), values);
  }

  /** The number of genes in which the canonical forms differ. */
  public int distance(Genotype a, Genotype b) {
    return canonical(a).differences(canonical(b));
  }

  /** The one form of all genotypes that stand for the same network. */
  public Genotype canonical(Genotype genotype) {
    return canonical.apply(chosen(genotype)).genotype();
  }

  /** The genotype read by label. */
  public Chosen chosen(Genotype genotype) {
    requireOwn(genotype);
    return new Chosen(this, genotype);
  }

  /** The network that a genotype stands for. */
  public Architecture decode(Genotype genotype, Task task) {
    return decoder.decode(chosen(genotype), task);
  }

  int position(String label) {
    Integer position = positions.get(label);
    if (position == null) {
      throw new IllegalArgumentException(
          "space " + name + " has no choice \"" + label + "\"; there are " + positions.keySet());
    }
    return position;
  }

  private void requireOwn(Genotype genotype) {
    if (!genotype.space().equals(id())) {
      throw new IllegalArgumentException(GenotypeText.foreign(genotype.space(), this));
    }
  }

  @Override
  public String toString() {
    return id() + " (" + genes.size() + " choices, " + size() + " genotypes)";
  }
}
