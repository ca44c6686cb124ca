package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.estimate.table.Measure;
import dev.linnet.estimate.table.Table;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.List;

/** Runs of strategies that a table answers, with a run drawn for every query, for tests. */
record NoisyTable(Table table, Measure asked, Measure reported) {

  /** What a run came to: its trials, their accuracies, and the regret of what it recommends. */
  record Run(List<Trial> trials, List<Double> accuracies, double regret) {
    double meanFrom(int first) {
      return accuracies.stream().skip(first).mapToDouble(a -> a).average().orElseThrow();
    }
  }

  Run run(Strategy strategy, int trials, long seed) {
    List<Trial> history = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    RandomStream random = RandomStream.of(seed, "noise");
    for (int i = 0; i < trials; i++) {
      Trial trial = strategy.ask().orElseThrow();
      double[][] runs = asked.level(1).runs();
      double answer = runs[random.nextInt(runs.length)][table.row(trial.genotype())];
      double accuracy = asked.scale().accuracy(answer);
      history.add(trial);
      accuracies.add(accuracy);
      strategy.tell(trial, new Outcome.Measured(accuracy, new Cost(1, 1, 1)));
    }
    return new Run(history, accuracies, regret(strategy.recommend().orElseThrow()));
  }

  private double regret(Genotype genotype) {
    double value = reported.reported(table.row(genotype));
    return reported.scale().regret(table.optimum(reported), value);
  }

  /** The mean regret of some runs. */
  double meanRegret(String strategy, int trials, int repeats) {
    double sum = 0;
    for (int seed = 0; seed < repeats; seed++) {
      sum += run(Strategies.named(strategy, table.space(), seed, trials), trials, seed).regret();
    }
    return sum / repeats;
  }
}
