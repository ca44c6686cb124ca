package dev.linnet.space;

import dev.linnet.core.nn.Architecture;
import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
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
  private static final int SAMPLE_ATTEMPTS = 1_000_000;
  private static final int MOST_ENUMERATED = 1_000_000;
  private static final UnaryOperator<Chosen> NO_RULE = UnaryOperator.identity();

  private final String name;
  private final List<Choice> choices;
  private final List<Gene> genes;
  private final Structure structure;
  private final Variation variation;
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
    this.structure = new Structure(name, this.choices);
    this.genes = structure.genes();
    this.variation = new Variation(this, structure);
    this.fingerprint = Fingerprint.of(name, structure);
    this.decoder = decoder;
    this.canonical = canonical;
    this.notation = notation;
  }

  /**
   * A space in which genotypes that differ in a choice that matters count as different networks.
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
    return new SearchSpace(name, choices, decoder, NO_RULE, text -> Optional.empty());
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

  /** The same decoder and rule for these and perhaps further choices, which both ignore. */
  SearchSpace withChoices(String other, List<Choice> all) {
    return new SearchSpace(other, all, decoder, canonical, text -> Optional.empty());
  }

  /** The same space with a further text form that {@link #parse} accepts. */
  public SearchSpace alsoReading(Notation other) {
    return new SearchSpace(name, choices, decoder, canonical, other);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /**
   * Eight hexadecimal digits that depend on the name, the labels, the options and when they matter.
   */
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

  /** The number of genotypes, equivalent ones counted each; see {@link #distinctSize}. */
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

  /**
   * The number of distinct networks, that is of canonical forms: by the structure of the choices
   * where no rule was added, else by enumeration; empty if a space with a rule has more than
   * 1,000,000 forms in which only genes that matter vary.
   */
  public Optional<BigInteger> distinctSize() {
    BigInteger forms = new Forms(structure).count();
    if (!hasRule()) {
      return Optional.of(forms);
    }
    return forms.compareTo(BigInteger.valueOf(MOST_ENUMERATED)) > 0
        ? Optional.empty()
        : Optional.of(BigInteger.valueOf(distinct().count()));
  }

  /**
   * The canonical forms, each once.
   *
   * @throws ArithmeticException if there are 2<sup>63</sup> or more forms in which only genes that
   *     matter vary
   */
  public Stream<Genotype> distinct() {
    Forms forms = new Forms(structure);
    return LongStream.range(0, forms.count().longValueExact())
        .mapToObj(i -> new Genotype(id(), forms.numbered(BigInteger.valueOf(i))))
        .filter(genotype -> !hasRule() || canonical(genotype).equals(genotype));
  }

  private boolean hasRule() {
    return canonical != NO_RULE;
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

  /**
   * A uniformly random one of the canonical forms: every distinct network is equally likely,
   * however many genotypes it has. Exact for every rule: forms in which only genes that matter vary
   * are numbered and drawn uniformly until one is its own canonical form, on average {@code forms /
   * distinct networks} times.
   *
   * @throws IllegalStateException if none of 1,000,000 was
   */
  public Genotype sampleDistinct(RandomStream random) {
    Forms forms = new Forms(structure);
    BigInteger count = forms.count();
    for (int i = 0; i < SAMPLE_ATTEMPTS; i++) {
      Genotype drawn = new Genotype(id(), forms.numbered(Forms.below(count, random)));
      if (canonical(drawn).equals(drawn)) {
        return drawn;
      }
    }
    throw new IllegalStateException(
        "space %s: no canonical form among %d random ones".formatted(name, SAMPLE_ATTEMPTS));
  }

  /** {@link #mutate(Genotype, int, RandomStream)} of one gene. */
  public Genotype mutate(Genotype genotype, RandomStream random) {
    return mutate(genotype, 1, random);
  }

  /**
   * Changes genes: which ones and their new values are uniformly random, under the condition that
   * the canonical form changes, so that a mutation is never without effect. In a space where no
   * such change was found in 1,000 attempts, the last attempt is returned. A gene that does not
   * matter is left alone; one that comes to matter is drawn uniformly.
   *
   * @param changes how many genes get another value; at most those that matter and have several
   *     options
   * @throws IllegalArgumentException if {@code changes} is below 1, or no gene has two options
   */
  public Genotype mutate(Genotype genotype, int changes, RandomStream random) {
    return variation.mutate(genotype, changes, random);
  }

  /**
   * The canonical forms of all genotypes that differ from {@code genotype} in one gene that
   * matters: all different, its own left out, ordered by gene and value. Genes that come to matter
   * have their first option.
   */
  public List<Genotype> neighbours(Genotype genotype) {
    requireOwn(genotype);
    return variation.neighbours(genotype);
  }

  /**
   * Uniform crossover: every gene comes from either parent, equally likely, or from the one in
   * which it matters.
   */
  public Genotype cross(Genotype a, Genotype b, RandomStream random) {
    requireOwn(a);
    requireOwn(b);
    return variation.cross(a, b, random);
  }

  /** The number of genes in which the canonical forms differ. */
  public int distance(Genotype a, Genotype b) {
    return canonical(a).differences(canonical(b));
  }

  /**
   * The one form of all genotypes that stand for the same network: genes that do not matter have
   * their first option, and the rule of {@link #canonicalizedBy} is applied.
   */
  public Genotype canonical(Genotype genotype) {
    requireOwn(genotype);
    return resolved(canonical.apply(new Chosen(this, resolved(genotype), "")).genotype());
  }

  private Genotype resolved(Genotype genotype) {
    return structure.isFlat() ? genotype : new Genotype(id(), structure.resolve(genotype.values()));
  }

  /** For every gene whether it matters, given the others. */
  public boolean[] active(Genotype genotype) {
    requireOwn(genotype);
    return structure.active(genotype.values());
  }

  /** The genotype read by label. */
  public Chosen chosen(Genotype genotype) {
    requireOwn(genotype);
    return new Chosen(this, genotype, "");
  }

  /** The network that a genotype stands for. */
  public Architecture decode(Genotype genotype, Task task) {
    return decoder.decode(chosen(genotype), task);
  }

  int position(String label) {
    Integer position = structure.positions().get(label);
    if (position == null) {
      throw new IllegalArgumentException(
          "space "
              + name
              + " has no choice \""
              + label
              + "\"; there are "
              + structure.positions().keySet());
    }
    return position;
  }

  boolean has(String label) {
    return structure.positions().containsKey(label);
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
