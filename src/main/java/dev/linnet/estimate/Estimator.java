package dev.linnet.estimate;

import dev.linnet.core.exec.Backend;
import dev.linnet.space.Genotype;
import java.util.function.BooleanSupplier;

/** Says how good a genotype is, from the training and validation images alone. */
public interface Estimator {
  /** A short name for reports, such as {@code supernet}. */
  String name();

  /**
   * The validation accuracy, a fraction of 1, perhaps from a part of the effort.
   *
   * @param fidelity the part, in (0, 1]; an estimator without cheaper answers gives the full one
   * @param stop is asked often
   * @throws dev.linnet.core.train.DivergedException if the network gives no finite result
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  double accuracy(Genotype genotype, double fidelity, BooleanSupplier stop);

  /** The same estimator on another backend, for another thread. */
  Estimator on(Backend backend);
}
