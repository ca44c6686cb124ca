package dev.linnet.space;

import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts and numbers the genotypes of a structure in which what does not matter has its first
 * option.
 *
 * <p>Genes that do not depend on each other are counted apart and multiplied. Among dependent ones
 * the first is fixed to each of its values in turn, after which the others fall apart further; so
 * the effort grows with how deep dependencies are nested, not with the number of forms. Used by one
 * thread.
 */
final class Forms {
  private static final int OPEN = -1;

  private final Structure structure;
  private final int[] rank;

  /** The value of every gene, or {@link #OPEN}. */
  private final int[] values;

  private final boolean[] active;

  Forms(Structure structure) {
    this.structure = structure;
    this.values = new int[structure.genes().size()];
    this.active = new boolean[values.length];
    this.rank = new int[values.length];
    for (int i = 0; i < rank.length; i++) {
      rank[structure.order()[i]] = i;
    }
  }

  /** How many there are. */
  BigInteger count() {
    return product(all());
  }

  /** The values of form {@code number}, from 0 to {@link #count} − 1. */
  int[] numbered(BigInteger number) {
    choose(all(), number);
    return values.clone();
  }

  /** A uniformly random number from 0 to {@code count} − 1. */
  static BigInteger below(BigInteger count, RandomStream random) {
    int bits = count.bitLength();
    while (true) {
      BigInteger drawn = BigInteger.ZERO;
      for (int have = 0; have < bits; have += Integer.SIZE) {
        int part = Math.min(Integer.SIZE, bits - have);
        drawn = drawn.shiftLeft(part).or(BigInteger.valueOf(random.nextLong() >>> (64 - part)));
      }
      if (drawn.compareTo(count) < 0) {
        return drawn;
      }
    }
  }

  private List<Integer> all() {
    Arrays.fill(values, OPEN);
    List<Integer> all = new ArrayList<>();
    for (int gene : structure.order()) {
      all.add(gene);
    }
    return all;
  }

  /** The number of forms of open genes, the values of the others being fixed. */
  private BigInteger product(List<Integer> open) {
    return components(open).stream().map(this::count).reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private BigInteger count(List<Integer> component) {
    int first = component.get(0);
    int size = isActive(first) ? structure.genes().get(first).size() : 1;
    if (component.size() == 1) {
      return BigInteger.valueOf(size);
    }
    List<Integer> rest = component.subList(1, component.size());
    Map<List<Boolean>, BigInteger> known = new HashMap<>();
    BigInteger sum = BigInteger.ZERO;
    for (int value = 0; value < size; value++) {
      List<Boolean> effect = effect(first, value, rest);
      BigInteger forms = known.get(effect);
      if (forms == null) {
        fix(first, value);
        forms = product(rest);
        values[first] = OPEN;
        known.put(effect, forms);
      }
      sum = sum.add(forms);
    }
    return sum;
  }

  /** What a value of a gene means for the genes that depend on it. */
  private List<Boolean> effect(int gene, int value, List<Integer> rest) {
    List<Boolean> effect = new ArrayList<>();
    for (int other : rest) {
      structure.places(other).stream()
          .flatMap(List::stream)
          .filter(test -> test.gene() == gene)
          .forEach(test -> effect.add(test.allowed()[value]));
    }
    return effect;
  }

  /** Fixes open genes to form {@code number} of {@link #product}; the last runs fastest. */
  private void choose(List<Integer> open, BigInteger number) {
    List<List<Integer>> components = components(open);
    BigInteger rest = number;
    for (int i = components.size() - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(count(components.get(i)));
      chooseDependent(components.get(i), parts[1]);
      rest = parts[0];
    }
  }

  private void chooseDependent(List<Integer> component, BigInteger number) {
    int first = component.get(0);
    if (component.size() == 1) {
      fix(first, number.intValueExact());
      return;
    }
    List<Integer> others = component.subList(1, component.size());
    BigInteger rest = number;
    for (int value = 0; ; value++) {
      fix(first, value);
      BigInteger forms = product(others);
      if (rest.compareTo(forms) < 0) {
        choose(others, rest);
        return;
      }
      rest = rest.subtract(forms);
    }
  }

  private void fix(int gene, int value) {
    active[gene] = isActive(gene);
    values[gene] = value;
  }

  /** Whether a gene matters; all that it depends on is fixed, or does not change that. */
  private boolean isActive(int gene) {
    List<List<Structure.Test>> places = structure.places(gene);
    return places.isEmpty()
        || places.stream().anyMatch(tests -> tests.stream().allMatch(this::holds));
  }

  private boolean holds(Structure.Test test) {
    return values[test.gene()] != OPEN
        && active[test.gene()]
        && test.allowed()[values[test.gene()]];
  }

  private boolean fails(Structure.Test test) {
    return values[test.gene()] != OPEN && !holds(test);
  }

  /**
   * Genes that depend on each other, directly or not, as long as what they depend on is open. The
   * first of each depends on none that is open.
   */
  private List<List<Integer>> components(List<Integer> open) {
    Map<Integer, List<Integer>> ofGene = new HashMap<>();
    for (int gene : open) {
      List<Integer> own = new ArrayList<>(List.of(gene));
      ofGene.put(gene, own);
      for (int other : openDependencies(gene)) {
        List<Integer> joined = ofGene.get(other);
        if (joined != own) {
          joined.addAll(own);
          own.forEach(member -> ofGene.put(member, joined));
          own = joined;
        }
      }
    }
    List<List<Integer>> components = new ArrayList<>();
    for (int gene : open) {
      List<Integer> component = ofGene.get(gene);
      if (component.stream().mapToInt(g -> rank[g]).min().getAsInt() == rank[gene]) {
        component.sort((a, b) -> Integer.compare(rank[a], rank[b]));
        components.add(component);
      }
    }
    return components;
  }

  private List<Integer> openDependencies(int gene) {
    if (isActive(gene)) {
      return List.of();
    }
    return structure.places(gene).stream()
        .filter(tests -> tests.stream().noneMatch(this::fails))
        .flatMap(List::stream)
        .map(Structure.Test::gene)
        .filter(other -> values[other] == OPEN)
        .distinct()
        .toList();
  }
}
