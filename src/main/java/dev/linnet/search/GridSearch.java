package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Gene;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every genotype of the grid that the choices span, once. It steps through their list by the golden
 * section of its length from a random start, around its end, so that what was tried lies about
 * evenly in the list whenever the search ends, and the whole list is tried in the end.
 *
 * <p>For what a grid misses that random search finds, see Bergstra and Bengio 2012, <i>Random
 * search for hyper-parameter optimization</i>.
 */
public final class GridSearch implements Strategy {
  static final String NAME = "grid";
  private static final BigDecimal GOLDEN_SECTION = new BigDecimal("0.6180339887498948482");

  private final SearchSpace space;
  private final History history;
  private final BigInteger size;
  private final BigInteger step;
  private BigInteger index;
  private BigInteger visited = BigInteger.ZERO;

  /** A grid search of a space; the seed decides where it starts. */
  public GridSearch(SearchSpace space, long seed) {
    this.space = space;
    this.history = new History(space);
    this.size = space.size();
    this.step = coprime(new BigDecimal(size).multiply(GOLDEN_SECTION).toBigInteger(), size);
    this.index = index(space.sample(RandomStream.of(seed, NAME)));
  }

  /** The first number from {@code wanted} on, at least 1, without a common divisor. */
  private static BigInteger coprime(BigInteger wanted, BigInteger size) {
    BigInteger number = wanted.max(BigInteger.ONE);
    while (!number.gcd(size).equals(BigInteger.ONE)) {
      number = number.add(BigInteger.ONE);
    }
    return number;
  }

  private BigInteger index(Genotype genotype) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < genotype.size(); i++) {
      BigInteger radix = BigInteger.valueOf(space.genes().get(i).size());
      number = number.multiply(radix).add(BigInteger.valueOf(genotype.value(i)));
    }
    return number;
  }

  private Genotype genotype(BigInteger number) {
    List<Gene> genes = space.genes();
    int[] values = new int[genes.size()];
    BigInteger rest = number;
    for (int i = values.length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(genes.get(i).size()));
      values[i] = parts[1].intValue();
      rest = parts[0];
    }
    return space.genotype(values);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  /** No trial depends on another's outcome. */
  @Override
  public int lookAhead() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<Trial> ask() {
    while (visited.compareTo(size) < 0) {
      Genotype genotype = space.canonical(genotype(index));
      index = index.add(step).mod(size);
      visited = visited.add(BigInteger.ONE);
      if (history.isNew(genotype)) {
        return Optional.of(history.ask(genotype));
      }
    }
    return Optional.empty();
  }

  @Override
  public void tell(Trial trial, Outcome outcome) {
    history.tell(trial, outcome);
  }

  @Override
  public Optional<Genotype> recommend() {
    return history.best();
  }
}
