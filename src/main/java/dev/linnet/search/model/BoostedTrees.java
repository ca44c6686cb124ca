package dev.linnet.search.model;

import dev.linnet.core.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An ensemble of gradient-boosted trees (Friedman 2001, <i>Greedy function approximation: a
 * gradient boosting machine</i>), each member fitted to a bootstrap sample: where members disagree,
 * little is known. Immutable.
 */
public final class BoostedTrees {
  private static final int ROUNDS = 40;
  private static final double RATE = 0.2;
  private static final int DEPTH = 3;

  /** Of so many bits one is tried for a level of a tree. */
  private static final int ONE_OF = 3;

  private final List<List<ObliviousTree>> members;

  private BoostedTrees(List<List<ObliviousTree>> members) {
    this.members = members;
  }

  /**
   * A prediction.
   *
   * @param mean over the members
   * @param deviation between them
   */
  public record Prediction(double mean, double deviation) {}

  /**
   * Fits an ensemble.
   *
   * @param x examples, as {@link Views} sees them
   * @param y their values, with mean 0
   * @param members at least 2
   */
  public static BoostedTrees fit(long[][] x, double[] y, int members, RandomStream random) {
    int[] usable = varying(x);
    List<List<ObliviousTree>> all = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      all.add(usable.length == 0 ? List.of() : member(x, y, usable, random.child(m)));
    }
    return new BoostedTrees(all);
  }

  /** The bits that are not the same in all examples. */
  private static int[] varying(long[][] x) {
    return IntStream.range(0, x[0].length * Long.SIZE)
        .filter(
            bit -> {
              int set = 0;
              for (long[] words : x) {
                set += (int) (words[bit / Long.SIZE] >>> bit) & 1;
              }
              return set > 0 && set < x.length;
            })
        .toArray();
  }

  private static List<ObliviousTree> member(
      long[][] x, double[] y, int[] usable, RandomStream random) {
    int[] weights = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      weights[random.nextInt(x.length)]++;
    }
    double[] rest = y.clone();
    List<ObliviousTree> trees = new ArrayList<>();
    int tried = 1 + usable.length / ONE_OF;
    for (int round = 0; round < ROUNDS; round++) {
      ObliviousTree tree = ObliviousTree.fit(x, rest, weights, usable, DEPTH, tried, random);
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= RATE * tree.value(x[i]);
      }
      trees.add(tree);
    }
    return trees;
  }

  /** Predicts the value of a genotype, as {@link Views} sees it. */
  public Prediction predict(long[] x) {
    double sum = 0;
    double squares = 0;
    for (List<ObliviousTree> trees : members) {
      double value = 0;
      for (ObliviousTree tree : trees) {
        value += RATE * tree.value(x);
      }
      sum += value;
      squares += value * value;
    }
    double mean = sum / members.size();
    double variance = (squares - sum * mean) / (members.size() - 1);
    return new Prediction(mean, Math.sqrt(Math.max(0, variance)));
  }
}
