package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;

/** How an evolution changes a parent. */
@FunctionalInterface
public interface Mutation {
  /** A genotype near {@code parent}, never a form of the same network. */
  Genotype mutate(Genotype parent, RandomStream random);

  /** Gives {@code changes} choices another option; see {@link SearchSpace#mutate}. */
  static Mutation changing(SearchSpace space, int changes) {
    return (parent, random) -> space.mutate(parent, changes, random);
  }
}
