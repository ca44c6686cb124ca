package dev.linnet.study;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.estimate.table.Measure;
import dev.linnet.estimate.table.Table;
import dev.linnet.search.Objective;
import dev.linnet.search.Outcome;
import dev.linnet.search.Trial;
import dev.linnet.space.Cost;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Answers trials from a table: with what a search may know, never with what is reported.
 *
 * <p>Where the table has several runs, every trial is answered by one of them, drawn by seed and
 * trial number, so that asking the same genotype again may give another answer. Where it has
 * several budgets, the cheapest one answers that is at least as high as the fidelity of the trial;
 * where it has none, every trial is a full evaluation and costs one.
 */
public final class Answers {
  private final Table table;
  private final Measure accuracy;
  private final Measure latency;
  private final long seed;

  /**
   * Answers for one repeat of a study.
   *
   * @param goals see {@link Goal#parse}
   * @param seed of the draws of runs
   */
  public Answers(Table table, List<Goal> goals, long seed) {
    this.table = table;
    this.seed = seed;
    this.accuracy = measure(goals, Objective.ACCURACY);
    this.latency = measure(goals, Objective.LATENCY);
  }

  private static Measure measure(List<Goal> goals, Objective objective) {
    return goals.stream()
        .filter(goal -> goal.objective() == objective)
        .findFirst()
        .flatMap(Goal::measure)
        .orElse(null);
  }

  /** The answer; {@link Outcome.Rejected} for a genotype that the table does not have. */
  public Outcome answer(Trial trial) {
    int row = table.row(trial.genotype());
    if (row < 0) {
      return new Outcome.Rejected("the table has no row of this genotype");
    }
    double value = value(accuracy, trial, row, "run");
    return new Outcome.Measured(
        Math.max(0, Math.min(1, accuracy.scale().accuracy(value))),
        new Cost(table.params(row), table.macs(row), 0),
        latency == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(value(latency, trial, row, "latency")));
  }

  private double value(Measure measure, Trial trial, int row, String name) {
    double[][] runs = measure.level(trial.fidelity()).runs();
    int run =
        runs.length == 1 ? 0 : RandomStream.of(seed, name, trial.number()).nextInt(runs.length);
    return runs[run][row];
  }

  /** The part of a full evaluation that the answer took. */
  public double cost(Trial trial) {
    return accuracy.level(trial.fidelity()).fidelity();
  }

  /** The seconds that the answer would have taken; 0 where the table does not know. */
  public double seconds(Trial trial) {
    int row = table.row(trial.genotype());
    return row < 0 ? 0 : table.seconds(row, trial.fidelity());
  }
}
