package dev.linnet.estimate;

import dev.linnet.space.Genotype;

/** Says how good a genotype is, from the training and validation images alone. */
public interface Estimator {
  /** A short name for reports, such as {@code supernet}. */
  String name();

  /**
   * The validation accuracy, a fraction of 1.
   *
   * @throws dev.linnet.core.train.DivergedException if the network gives no finite result
   */
  double accuracy(Genotype genotype);

  /**
   * The validation accuracy from a part of the effort. An estimator without cheaper answers gives
   * the full one.
   *
   * @param fidelity the part, in (0, 1]; 1 is {@link #accuracy(Genotype)}
   * @throws dev.linnet.core.train.DivergedException if the network gives no finite result
   */
  default double accuracy(Genotype genotype, double fidelity) {
    return accuracy(genotype);
  }
}
