package dev.linnet.study;

import dev.linnet.estimate.table.Table;
import dev.linnet.search.Dominance;
import dev.linnet.search.Hypervolume;
import dev.linnet.search.Objective;
import dev.linnet.search.Outcome;
import dev.linnet.search.Strategy;
import dev.linnet.search.Trial;
import java.util.ArrayList;
import java.util.List;

/**
 * With several objectives: the hypervolume of the front that a strategy has found, as a part of
 * that of the whole table's front.
 *
 * <p>The front is that of the answers, as the search saw them; its volume is that of what is
 * reported of these networks. The reference point is the worst reported value of each objective.
 */
final class FoundVolume implements Yardstick {
  private final Table table;
  private final List<Goal> goals;
  private final double[] ideal;
  private final double[] reference;
  private final double whole;
  private final boolean[] front;

  FoundVolume(Table table, List<Goal> goals) {
    this.table = table;
    this.goals = goals;
    this.front = new boolean[table.rows()];
    int[] rows = table.answering();
    double[][] losses = new double[rows.length][];
    Found all = new Found();
    for (int i = 0; i < rows.length; i++) {
      losses[i] = losses(rows[i]);
      all.add(losses[i], rows[i]);
    }
    ideal = Hypervolume.ideal(losses);
    reference = Hypervolume.worst(losses);
    for (int row : all.rows) {
      front[row] = true;
    }
    for (int k = 0; k < ideal.length; k++) {
      if (!(ideal[k] < reference[k])) {
        throw new IllegalArgumentException(
            "objective " + goals.get(k).name() + " is the same in every row of the table");
      }
    }
    whole = all.share();
  }

  private double[] losses(int row) {
    return goals.stream().mapToDouble(goal -> goal.loss(table, row)).toArray();
  }

  @Override
  public List<Goal> goals() {
    return goals;
  }

  @Override
  public boolean maximize() {
    return true;
  }

  @Override
  public double optimum() {
    return 1;
  }

  @Override
  public boolean isOptimum(int row) {
    return front[row];
  }

  @Override
  public Reading reading() {
    return new Found();
  }

  /** The front of one run. */
  private final class Found implements Reading {
    private final List<double[]> seen = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private double value;

    @Override
    public double worst() {
      return 0;
    }

    @Override
    public double after(Trial trial, Outcome.Measured outcome, Strategy strategy) {
      List<Objective> objectives = StudyOptions.objectives(goals);
      if (add(Objective.losses(objectives, outcome), table.row(trial.genotype()))) {
        value = share() / whole;
      }
      return value;
    }

    /** Takes a point into the front unless another one is at least as good. */
    private boolean add(double[] losses, int row) {
      for (double[] other : seen) {
        if (isNowhereWorse(other, losses)) {
          return false;
        }
      }
      for (int i = seen.size() - 1; i >= 0; i--) {
        if (Dominance.dominates(losses, seen.get(i))) {
          seen.remove(i);
          rows.remove(i);
        }
      }
      seen.add(losses);
      rows.add(row);
      return true;
    }

    private double share() {
      double[][] reported = rows.stream().map(FoundVolume.this::losses).toArray(double[][]::new);
      return Hypervolume.share(reported, ideal, reference);
    }
  }

  private static boolean isNowhereWorse(double[] a, double[] b) {
    for (int k = 0; k < a.length; k++) {
      if (a[k] > b[k]) {
        return false;
      }
    }
    return true;
  }
}
