package dev.linnet.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The members that no other one dominates: none is in all objectives at least as good and in one
 * better.
 *
 * @param objectives what is compared, at least one
 * @param members from the best to the worst in the first objective; of those with equal values in
 *     all objectives the one that was asked first
 */
public record ParetoFront(List<Objective> objectives, List<Member> members) {

  /** Copies the lists. */
  public ParetoFront {
    objectives = List.copyOf(objectives);
    members = List.copyOf(members);
  }

  /**
   * The front among members that were measured at the highest fidelity of them all.
   *
   * @param members in any order
   * @throws IllegalArgumentException if the latency is an objective and a member has none
   */
  public static ParetoFront of(List<Objective> objectives, Collection<Member> members) {
    double fidelity = members.stream().mapToDouble(m -> m.trial().fidelity()).max().orElse(1);
    List<Member> order =
        members.stream()
            .filter(m -> m.trial().fidelity() == fidelity)
            .sorted(Comparator.comparingInt(m -> m.trial().number()))
            .toList();
    double[][] losses = losses(objectives, order);
    List<Integer> front = new ArrayList<>();
    Set<List<Double>> seen = new HashSet<>();
    for (int i = 0; i < losses.length; i++) {
      if (isNotDominated(losses, i) && seen.add(boxed(losses[i]))) {
        front.add(i);
      }
    }
    front.sort(Comparator.comparingDouble(i -> losses[i][0]));
    return new ParetoFront(objectives, front.stream().map(order::get).toList());
  }

  /**
   * The volume that the front dominates; see {@link Hypervolume}.
   *
   * @param reference one loss for each objective; see {@link Objective#loss}
   */
  public double hypervolume(double... reference) {
    return Hypervolume.of(losses(objectives, members), reference);
  }

  /** The losses of every member, in order. */
  public double[][] losses() {
    return losses(objectives, members);
  }

  private static double[][] losses(List<Objective> objectives, List<Member> members) {
    return members.stream()
        .map(m -> Objective.losses(objectives, m.outcome()))
        .toArray(double[][]::new);
  }

  private static boolean isNotDominated(double[][] losses, int index) {
    for (double[] other : losses) {
      if (Dominance.dominates(other, losses[index])) {
        return false;
      }
    }
    return true;
  }

  private static List<Double> boxed(double[] losses) {
    List<Double> list = new ArrayList<>();
    for (double loss : losses) {
      list.add(loss);
    }
    return list;
  }
}
