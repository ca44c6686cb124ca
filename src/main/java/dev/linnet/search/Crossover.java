package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;

/** How an evolution makes one genotype of two. */
@FunctionalInterface
public interface Crossover {
  /** A genotype that has every gene from one of the two. */
  Genotype cross(Genotype a, Genotype b, RandomStream random);

  /** Every gene from either parent, equally likely; see {@link SearchSpace#cross}. */
  static Crossover uniform(SearchSpace space) {
    return space::cross;
  }
}
