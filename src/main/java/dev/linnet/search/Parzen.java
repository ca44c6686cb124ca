package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Gene;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.List;

/**
 * A density over genotypes: the mean of a kernel around each of some points and of a uniform
 * density. The kernel gives every gene its value of the point with probability {@code 1 -
 * bandwidth}, otherwise any of the other values (Aitchison and Aitken 1976).
 */
final class Parzen {
  private final SearchSpace space;
  private final int[][] points;
  private final double bandwidth;

  /** For every gene, how likely a given other value is in comparison with that of the point. */
  private final double[] ratio;

  /** The kernel at its point. */
  private final double top;

  private final double uniform;

  Parzen(SearchSpace space, List<Genotype> points, double bandwidth) {
    this.space = space;
    this.points = points.stream().map(Genotype::values).toArray(int[][]::new);
    this.bandwidth = bandwidth;
    List<Gene> genes = space.genes();
    ratio = new double[genes.size()];
    double peak = 1;
    double even = 1;
    for (int i = 0; i < ratio.length; i++) {
      int values = genes.get(i).size();
      ratio[i] = values == 1 ? 1 : bandwidth / (values - 1) / (1 - bandwidth);
      peak *= values == 1 ? 1 : 1 - bandwidth;
      even /= values;
    }
    top = peak;
    uniform = even;
  }

  /** The density at a genotype. */
  double at(Genotype genotype) {
    int[] x = genotype.values();
    double sum = 0;
    for (int[] point : points) {
      double kernel = 1;
      for (int i = 0; i < x.length; i++) {
        kernel *= x[i] == point[i] ? 1 : ratio[i];
      }
      sum += kernel;
    }
    return (top * sum + uniform) / (points.length + 1);
  }

  /** A random genotype from the kernels, each equally likely. */
  Genotype sample(RandomStream random) {
    int[] values = points[random.nextInt(points.length)].clone();
    for (int i = 0; i < values.length; i++) {
      int size = space.genes().get(i).size();
      if (size > 1 && random.nextDouble() < bandwidth) {
        int other = random.nextInt(size - 1);
        values[i] = other < values[i] ? other : other + 1;
      }
    }
    return space.genotype(values);
  }
}
