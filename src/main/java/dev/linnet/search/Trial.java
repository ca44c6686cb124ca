package dev.linnet.search;

import dev.linnet.space.Genotype;

/**
 * One question of a strategy: how good is this genotype?
 *
 * @param number counts from 0 in the order of asking
 * @param genotype in canonical form
 * @param fidelity the part of a full evaluation that is wanted, such as a third of the epochs; in
 *     (0, 1]
 */
public record Trial(int number, Genotype genotype, double fidelity) {

  /**
   * Checks the fidelity.
   *
   * @throws IllegalArgumentException if it is not in (0, 1]
   */
  public Trial {
    if (!(fidelity > 0 && fidelity <= 1)) {
      throw new IllegalArgumentException("Trial: fidelity " + fidelity + " is not in (0, 1]");
    }
  }

  /** A trial that asks for a full evaluation. */
  public Trial(int number, Genotype genotype) {
    this(number, genotype, 1);
  }
}
