package dev.linnet.space;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One point of a search space: the index of the chosen option for every gene. Immutable. Made by
 * its {@link SearchSpace}, so it is always valid there.
 *
 * <p>The text form has no blanks: {@code conv:3f9a12c4:2.0.1}, that is the name and the fingerprint
 * of the space, then the values.
 */
public final class Genotype {
  private final String space;
  private final int[] values;

  /** Takes ownership of {@code values}. */
  Genotype(String space, int[] values) {
    this.space = space;
    this.values = values;
  }

  /** Name and fingerprint of the space, such as {@code conv:3f9a12c4}. */
  public String space() {
    return space;
  }

  /** The number of genes. */
  public int size() {
    return values.length;
  }

  /** The value of gene {@code index}. */
  public int value(int index) {
    return values[index];
  }

  /** The values of all genes, as a fresh array. */
  public int[] values() {
    return values.clone();
  }

  /** In how many genes two genotypes of one space differ. */
  int differences(Genotype other) {
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      count += values[i] == other.values[i] ? 0 : 1;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Genotype g && space.equals(g.space) && Arrays.equals(values, g.values);
  }

  @Override
  public int hashCode() {
    return 31 * space.hashCode() + Arrays.hashCode(values);
  }

  /** The text form, which {@link SearchSpace#parse} reads. */
  @Override
  public String toString() {
    return space
        + ":"
        + Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining("."));
  }
}
