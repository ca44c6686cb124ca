package dev.linnet.estimate;

import dev.linnet.space.Genotype;
import dev.linnet.supernet.Supernet;

/**
 * Validation accuracy with the shared weights of a trained supernet.
 *
 * @param supernet the trained one
 */
public record SupernetEstimator(Supernet supernet) implements Estimator {
  /** The name that reports use. */
  public static final String NAME = "supernet";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double accuracy(Genotype genotype) {
    return supernet.accuracy(genotype);
  }

  /** On a part of the validation images. */
  @Override
  public double accuracy(Genotype genotype, double fidelity) {
    return supernet.accuracy(genotype, fidelity);
  }
}
