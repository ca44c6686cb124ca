package dev.linnet.space;

/**
 * Genotypes as vectors of numbers, for predictors. The canonical form is encoded, so that
 * equivalent genotypes have the same vector. Immutable.
 */
public interface Encoding {

  /** The length of a vector. */
  int size();

  /**
   * Writes the vector of a genotype.
   *
   * @param genotype of the encoding's space
   * @param out modified from {@code at} to {@code at + size() - 1}; every entry there is set
   * @param at the index of the first entry
   * @throws IllegalArgumentException if the genotype belongs to another space
   * @throws IndexOutOfBoundsException if the vector does not fit into {@code out}
   */
  void encode(Genotype genotype, double[] out, int at);

  /** The vector of a genotype, as a fresh array. */
  default double[] encode(Genotype genotype) {
    double[] vector = new double[size()];
    encode(genotype, vector, 0);
    return vector;
  }

  /**
   * For every gene one entry per option: 1 for the chosen one, 0 for the others; all 0 for a gene
   * that does not matter.
   */
  static Encoding oneHot(SearchSpace space) {
    return new OneHotEncoding(space);
  }

  /**
   * The paths of a cell: one entry for every sequence of operations that can lie between input and
   * output, 1 if the cell has a path with these operations (BANANAS, White et al. 2021,
   * arXiv:1910.11858, section 4).
   *
   * @param space {@code cell}, with any number of cells per stage
   * @throws IllegalArgumentException if the space has no cell
   */
  static Encoding paths(SearchSpace space) {
    return new PathEncoding(space);
  }

  /**
   * The paths of a cell by what they compute: one entry for every sequence of operations other than
   * {@code skip_connect}, which computes nothing; its value is how many of the cell's paths have
   * that sequence.
   *
   * @param space {@code cell}, with any number of cells per stage
   * @throws IllegalArgumentException if the space has no cell
   */
  static Encoding pathCounts(SearchSpace space) {
    return new PathCountEncoding(space);
  }

  /** Whether {@link #paths} and {@link #pathCounts} are for this space. */
  static boolean hasPaths(SearchSpace space) {
    return PathEncoding.isCell(space);
  }
}
