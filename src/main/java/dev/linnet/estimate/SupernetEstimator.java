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
}
