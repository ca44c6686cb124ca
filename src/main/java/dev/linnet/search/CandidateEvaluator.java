package dev.linnet.search;

import dev.linnet.space.Genotype;

/** Answers for one genotype after the other. Used by one thread at a time. */
interface CandidateEvaluator extends AutoCloseable {
  /**
   * The outcome, with the digits that the log keeps.
   *
   * @param fidelity the part of a full evaluation that is wanted
   */
  Outcome evaluate(Genotype genotype, double fidelity);

  @Override
  void close();
}
