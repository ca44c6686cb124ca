package dev.linnet.search;

import java.util.List;

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
}
