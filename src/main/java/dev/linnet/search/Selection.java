package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import java.util.Comparator;
import java.util.List;

/** How an evolution picks a parent. */
@FunctionalInterface
public interface Selection {
  /**
   * One of the population.
   *
   * @param population at least one member
   */
  Member select(List<Member> population, RandomStream random);

  /**
   * The greatest of {@code size} members that are drawn uniformly, with replacement.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  static Selection tournament(int size, Comparator<Member> order) {
    if (size < 1) {
      throw new IllegalArgumentException("tournament: size must be at least 1, not " + size);
    }
    return (population, random) -> {
      Member best = population.get(random.nextInt(population.size()));
      for (int i = 1; i < size; i++) {
        Member other = population.get(random.nextInt(population.size()));
        best = order.compare(other, best) > 0 ? other : best;
      }
      return best;
    };
  }
}
