package dev.linnet.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Compares strategies repeat by repeat: mean ranks, Friedman's test of whether they differ at all,
 * and Wilcoxon's signed-rank test of every pair with Holm's correction for their number (Demšar
 * 2006, <i>Statistical comparisons of classifiers over multiple data sets</i>). The tests use the
 * χ² and the normal approximation, which are good from about ten repeats on.
 *
 * @param means the mean rank of every strategy: 1 is the best, of equal ones each has their mean
 * @param friedman the probability of ranks that differ as much if all strategies were equal
 * @param pairs every pair once
 */
public record Ranks(double[] means, double friedman, List<Pair> pairs) {

  /**
   * Two strategies.
   *
   * @param a the place of the one
   * @param b the place of the other one
   * @param p the probability of differences as great as these if both were equal, after correction
   * @param better {@code a} or {@code b}, the one with the lower sum of ranks of losses
   */
  public record Pair(int a, int b, double p, int better) {}

  /**
   * Compares.
   *
   * @param values by strategy and repeat
   * @param maximize whether high values are good
   */
  public static Ranks of(double[][] values, boolean maximize) {
    int strategies = values.length;
    int repeats = values[0].length;
    double[] sums = new double[strategies];
    double ties = 0;
    for (int r = 0; r < repeats; r++) {
      double[] losses = new double[strategies];
      for (int s = 0; s < strategies; s++) {
        losses[s] = maximize ? -values[s][r] : values[s][r];
      }
      double[] ranks = new double[strategies];
      ties += rank(losses, ranks);
      for (int s = 0; s < strategies; s++) {
        sums[s] += ranks[s];
      }
    }
    return new Ranks(
        Arrays.stream(sums).map(sum -> sum / repeats).toArray(),
        friedman(sums, repeats, ties),
        pairs(values, maximize));
  }

  /** Ranks from 1 on, ties with their mean rank; returns the sum of t³ − t over groups of ties. */
  private static double rank(double[] values, double[] ranks) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double ties = 0;
    for (int start = 0; start < order.length; ) {
      int end = start + 1;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + 1 + end) / 2.0;
      }
      double size = end - start;
      ties += size * size * size - size;
      start = end;
    }
    return ties;
  }

  private static double friedman(double[] sums, int n, double ties) {
    int k = sums.length;
    double squares = Arrays.stream(sums).map(sum -> sum * sum).sum();
    double statistic = 12 * squares / (n * (double) k * (k + 1)) - 3.0 * n * (k + 1);
    double correction = 1 - ties / (n * ((double) k * k * k - k));
    return k < 2 || correction <= 0
        ? 1
        : Distributions.chiSquareTail(Math.max(0, statistic / correction), k - 1);
  }

  private static List<Pair> pairs(double[][] values, boolean maximize) {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < values.length; a++) {
      for (int b = a + 1; b < values.length; b++) {
        pairs.add(signedRank(values, a, b, maximize));
      }
    }
    return holm(pairs);
  }

  /** Wilcoxon's test, two-sided; equal pairs are left out. */
  private static Pair signedRank(double[][] values, int a, int b, boolean maximize) {
    double[] differences = new double[values[a].length];
    int n = 0;
    for (int r = 0; r < differences.length; r++) {
      double difference = values[a][r] - values[b][r];
      if (difference != 0) {
        differences[n++] = maximize ? -difference : difference;
      }
    }
    if (n == 0) {
      return new Pair(a, b, 1, a);
    }
    double[] ranks = new double[n];
    double ties = rank(Arrays.stream(differences, 0, n).map(Math::abs).toArray(), ranks);
    double positive = 0;
    for (int i = 0; i < n; i++) {
      positive += differences[i] > 0 ? ranks[i] : 0;
    }
    double mean = n * (n + 1) / 4.0;
    double deviation = Math.sqrt(n * (n + 1.0) * (2.0 * n + 1) / 24 - ties / 48);
    double z = Math.max(0, Math.abs(positive - mean) - 0.5) / deviation;
    return new Pair(a, b, Math.min(1, 2 * Distributions.normalTail(z)), positive > mean ? b : a);
  }

  /** Multiplies the least p by the number of pairs, the next by one less, and so on (Holm 1979). */
  private static List<Pair> holm(List<Pair> pairs) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> pairs.get(i).p()));
    List<Pair> corrected = new ArrayList<>(pairs);
    double least = 0;
    for (int i = 0; i < order.size(); i++) {
      Pair pair = pairs.get(order.get(i));
      least = Math.max(least, Math.min(1, pair.p() * (pairs.size() - i)));
      corrected.set(order.get(i), new Pair(pair.a(), pair.b(), least, pair.better()));
    }
    return List.copyOf(corrected);
  }
}
