package dev.linnet.study;

import dev.linnet.estimate.table.Measure;
import dev.linnet.estimate.table.Table;
import dev.linnet.search.Outcome;
import dev.linnet.search.Strategy;
import dev.linnet.search.Trial;
import java.util.List;

/** Judges what a strategy has found, by what the table reports and the strategy does not know. */
interface Yardstick {
  /** What is wanted. */
  List<Goal> goals();

  /** Whether high values are good. */
  boolean maximize();

  /** The best value that there is: of the objective, or of the hypervolume. */
  double optimum();

  /** Whether a row is the optimum, or with several objectives one of the front. */
  boolean isOptimum(int row);

  /** A fresh reading for one run of a strategy. */
  Reading reading();

  /** The judgement of one run as it goes on; mutable. */
  interface Reading {
    /** The value of a strategy that has nothing to show. */
    double worst();

    /** The value after another answer was told. */
    double after(Trial trial, Outcome.Measured outcome, Strategy strategy);
  }

  /** The yardstick for one objective or several. */
  static Yardstick of(Table table, List<Goal> goals) {
    return goals.size() == 1 ? new Regret(table, goals.get(0)) : new FoundVolume(table, goals);
  }

  /** How far the recommended network is from the best one, in the unit of the table. */
  final class Regret implements Yardstick, Yardstick.Reading {
    private final Table table;
    private final Goal goal;
    private final Measure measure;
    private final double optimum;
    private final double worst;

    Regret(Table table, Goal goal) {
      this.table = table;
      this.goal = goal;
      this.measure = goal.measure().orElseThrow();
      this.optimum = table.optimum(measure);
      double most = 0;
      for (int row : table.answering()) {
        most = Math.max(most, regret(row));
      }
      this.worst = most;
    }

    private double regret(int row) {
      return measure.scale().regret(optimum, measure.reported(row));
    }

    @Override
    public List<Goal> goals() {
      return List.of(goal);
    }

    @Override
    public boolean maximize() {
      return false;
    }

    @Override
    public double optimum() {
      return optimum;
    }

    @Override
    public boolean isOptimum(int row) {
      return regret(row) <= 0;
    }

    @Override
    public Reading reading() {
      return this; // keeps nothing from answer to answer
    }

    @Override
    public double worst() {
      return worst;
    }

    @Override
    public double after(Trial trial, Outcome.Measured outcome, Strategy strategy) {
      int row = strategy.recommend().map(table::row).orElse(-1);
      return row < 0 ? worst : regret(row);
    }
  }
}
