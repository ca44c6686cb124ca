package dev.linnet.search;

/**
 * A strategy that tells apart at which fidelity its trials were answered, and so learns from
 * answers of every fidelity. Others are told the first answer alone when {@link MultiFidelity}
 * wraps them.
 */
public interface Learner extends Strategy {

  /**
   * Takes an answer at a fidelity. The first one is {@link #tell}; further ones, at other
   * fidelities, may follow for the same trial.
   *
   * @param trial as it was asked
   * @param fidelity at which it was answered, in (0, 1]
   * @throws IllegalArgumentException if the trial was not asked
   */
  void tell(Trial trial, Outcome outcome, double fidelity);
}
