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
}
