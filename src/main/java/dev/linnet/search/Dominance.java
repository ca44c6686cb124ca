package dev.linnet.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orders of points with several losses, each to be low (Deb et al. 2002, <i>A fast and elitist
 * multiobjective genetic algorithm: NSGA-II</i>, sections III A and B).
 */
public final class Dominance {

  private Dominance() {}

  /** Whether {@code a} is nowhere worse than {@code b} and somewhere better. */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }

  /**
   * Non-dominated sorting: 0 for points that no other one dominates, 1 for those that are not
   * dominated once those of rank 0 are taken away, and so on.
   *
   * @param losses one array for each point, all of one length
   */
  public static int[] ranks(double[][] losses) {
    int[] dominators = new int[losses.length];
    List<List<Integer>> dominated = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      dominated.add(new ArrayList<>());
    }
    for (int i = 0; i < losses.length; i++) {
      for (int j = 0; j < losses.length; j++) {
        if (dominates(losses[i], losses[j])) {
          dominated.get(i).add(j);
          dominators[j]++;
        }
      }
    }
    int[] ranks = new int[losses.length];
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      if (dominators[i] == 0) {
        front.add(i);
      }
    }
    for (int rank = 0; !front.isEmpty(); rank++) {
      List<Integer> next = new ArrayList<>();
      for (int i : front) {
        ranks[i] = rank;
        for (int j : dominated.get(i)) {
          if (--dominators[j] == 0) {
            next.add(j);
          }
        }
      }
      front = next;
    }
    return ranks;
  }

  /**
   * Crowding distances of points of one front: the sum over the losses of how far the neighbours on
   * both sides are from each other, as a part of the front's range; infinite at the ends of a
   * range. A loss that is the same everywhere adds nothing, its ends are not infinite.
   *
   * @param losses one array for each point, all of one length
   */
  public static double[] crowding(double[][] losses) {
    double[] distances = new double[losses.length];
    int objectives = losses.length == 0 ? 0 : losses[0].length;
    for (int k = 0; k < objectives; k++) {
      int objective = k;
      Integer[] order = new Integer[losses.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingDouble(i -> losses[i][objective]));
      int last = order.length - 1;
      double range = losses[order[last]][k] - losses[order[0]][k];
      if (!(range > 0)) {
        continue;
      }
      distances[order[0]] = Double.POSITIVE_INFINITY;
      distances[order[last]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < last; i++) {
        distances[order[i]] += (losses[order[i + 1]][k] - losses[order[i - 1]][k]) / range;
      }
    }
    return distances;
  }

  /** The crowding distances of points among those of their own rank. */
  static double[] crowding(double[][] losses, int[] ranks) {
    double[] distances = new double[losses.length];
    int fronts = Arrays.stream(ranks).max().orElse(-1) + 1;
    for (int rank = 0; rank < fronts; rank++) {
      int wanted = rank;
      int[] front = IntStream.range(0, ranks.length).filter(i -> ranks[i] == wanted).toArray();
      double[] own =
          crowding(Arrays.stream(front).mapToObj(i -> losses[i]).toArray(double[][]::new));
      for (int i = 0; i < front.length; i++) {
        distances[front[i]] = own[i];
      }
    }
    return distances;
  }
}
