package dev.linnet.search.model;

import dev.linnet.core.tensor.RandomStream;

/**
 * A regression tree that asks the same question at every node of a level (Prokhorenkova et al.
 * 2018, arXiv:1706.09516, section 4): is this bit set? Small, fast to fit and hard to overfit.
 *
 * @param bits what is asked, level by level
 * @param leaves the values; the answer of the first level is the lowest bit of a leaf's number
 */
record ObliviousTree(int[] bits, double[] leaves) {
  /** Draws leaves with few examples to 0. */
  private static final double REGULARIZATION = 1;

  double value(long[] x) {
    return leaves[leaf(bits, bits.length, x)];
  }

  private static int leaf(int[] bits, int levels, long[] x) {
    int leaf = 0;
    for (int level = 0; level < levels; level++) {
      leaf |= bit(x, bits[level]) << level;
    }
    return leaf;
  }

  private static int bit(long[] x, int bit) {
    return (int) (x[bit / Long.SIZE] >>> bit) & 1;
  }

  /**
   * Fits a tree by least squares, level by level.
   *
   * @param x examples
   * @param y their values
   * @param weights how often each example counts
   * @param usable the bits that may be asked, at least one
   * @param depth levels
   * @param tried how many bits are tried for a level, drawn at random
   */
  static ObliviousTree fit(
      long[][] x,
      double[] y,
      int[] weights,
      int[] usable,
      int depth,
      int tried,
      RandomStream random) {
    int[] bits = new int[depth];
    int[] leaf = new int[x.length];
    for (int level = 0; level < depth; level++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < tried; i++) {
        int bit = usable[random.nextInt(usable.length)];
        double gain = gain(sums(x, y, weights, leaf, bit, level));
        if (gain > most) {
          most = gain;
          bits[level] = bit;
        }
      }
      for (int i = 0; i < x.length; i++) {
        leaf[i] |= bit(x[i], bits[level]) << level;
      }
    }
    double[] sums = sums(x, y, weights, leaf, bits[depth - 1], depth - 1);
    double[] leaves = new double[1 << depth];
    for (int l = 0; l < leaves.length; l++) {
      leaves[l] = sums[2 * l] / (sums[2 * l + 1] + REGULARIZATION);
    }
    return new ObliviousTree(bits, leaves);
  }

  /** By leaf if a level asks for a bit: the sum of the values, then the sum of the weights. */
  private static double[] sums(
      long[][] x, double[] y, int[] weights, int[] leaf, int bit, int level) {
    double[] sums = new double[4 << level];
    int lower = (1 << level) - 1;
    for (int i = 0; i < x.length; i++) {
      int l = (leaf[i] & lower) | (bit(x[i], bit) << level);
      sums[2 * l] += weights[i] * y[i];
      sums[2 * l + 1] += weights[i];
    }
    return sums;
  }

  private static double gain(double[] sums) {
    double gain = 0;
    for (int i = 0; i < sums.length; i += 2) {
      gain += sums[i] * sums[i] / (sums[i + 1] + REGULARIZATION);
    }
    return gain;
  }
}
