package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import java.util.ArrayList;
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

  /**
   * The first of {@code size} members that are drawn uniformly, with replacement, from a population
   * in order, such as {@link Survival#leastDominated} gives.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  static Selection first(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("first: size must be at least 1, not " + size);
    }
    return (population, random) -> {
      int first = random.nextInt(population.size());
      for (int i = 1; i < size; i++) {
        first = Math.min(first, random.nextInt(population.size()));
      }
      return population.get(first);
    };
  }

  /**
   * Of {@code size} members that are drawn uniformly, with replacement, one that none of the others
   * dominates, uniformly: a tournament for several objectives.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  static Selection nonDominated(int size, List<Objective> objectives) {
    if (size < 1) {
      throw new IllegalArgumentException("nonDominated: size must be at least 1, not " + size);
    }
    return (population, random) -> {
      List<Member> drawn = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        drawn.add(population.get(random.nextInt(population.size())));
      }
      List<Member> front = ParetoFront.of(objectives, drawn).members();
      return front.get(random.nextInt(front.size()));
    };
  }
}
