package dev.linnet.search;

import dev.linnet.core.model.Model;
import java.util.List;

/**
 * What a search found.
 *
 * @param options what was searched, and how
 * @param backend the one that was used, in words
 * @param estimator what candidates were judged by
 * @param trials outcomes of the strategy
 * @param best the winner
 * @param baselines the best of random search, and the hand-designed network
 * @param front the Pareto front that the strategy found, from the most accurate on; empty if
 *     accuracy is the only objective
 * @param ranking how well cheap estimates order the networks that were trained from scratch
 * @param seconds of the whole command
 * @param interrupted whether it was ended before its plan was done
 * @param model the winner, ready to be saved and used
 */
public record SearchResult(
    SearchOptions options,
    String backend,
    String estimator,
    int trials,
    NetworkResult best,
    List<NetworkResult> baselines,
    List<FrontMember> front,
    Ranking ranking,
    double seconds,
    boolean interrupted,
    Model model) {
  /**
   * Rank correlations (Kendall's τ-b) with the validation accuracy after training from scratch.
   *
   * @param networks how many were trained
   * @param estimate of the estimator; NaN where it is not defined
   * @param macs of just counting the MACs; NaN where it is not defined
   */
  public record Ranking(int networks, double estimate, double macs) {}
}
