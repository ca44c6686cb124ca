package dev.linnet.estimate;

import dev.linnet.core.exec.Backend;
import dev.linnet.space.Genotype;
import dev.linnet.supernet.Supernet;
import java.util.function.BooleanSupplier;

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
  public double accuracy(Genotype genotype, double fidelity, BooleanSupplier stop) {
    return supernet.accuracy(genotype, fidelity, stop);
  }

  @Override
  public SupernetEstimator on(Backend backend) {
    return new SupernetEstimator(supernet.on(backend));
  }
}
