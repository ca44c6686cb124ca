package dev.linnet.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which members an evolution keeps. */
@FunctionalInterface
public interface Survival {
  /**
   * The population.
   *
   * @param members all that were measured, in the order of asking
   */
  List<Member> survive(List<Member> members);

  /**
   * The {@code size} members that were asked last, however good they are: aging evolution.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  static Survival youngest(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("youngest: size must be at least 1, not " + size);
    }
    return members -> members.subList(Math.max(0, members.size() - size), members.size());
  }

  /**
   * The {@code size} members of the least ranks by non-dominated sorting; of one rank those with
   * the greatest crowding distances, then those that were asked first. In this order, best first
   * (Deb et al. 2002, section III C); see {@link Dominance}.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  static Survival leastDominated(int size, List<Objective> objectives) {
    if (size < 1) {
      throw new IllegalArgumentException("leastDominated: size must be at least 1, not " + size);
    }
    return members -> {
      double[][] losses =
          members.stream()
              .map(m -> Objective.losses(objectives, m.outcome()))
              .toArray(double[][]::new);
      int[] ranks = Dominance.ranks(losses);
      double[] crowding = Dominance.crowding(losses, ranks);
      return IntStream.range(0, losses.length)
          .boxed()
          .sorted(
              Comparator.<Integer>comparingInt(i -> ranks[i])
                  .thenComparing(Comparator.<Integer>comparingDouble(i -> crowding[i]).reversed())
                  .thenComparingInt(i -> members.get(i).trial().number()))
          .limit(size)
          .map(members::get)
          .toList();
    };
  }
}
