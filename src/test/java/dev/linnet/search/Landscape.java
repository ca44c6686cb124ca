package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Choice;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A space whose accuracies are known at once, and runs of strategies over it, for tests. */
final class Landscape {
  static final SearchSpace SPACE =
      SearchSpace.of(
          "hills",
          IntStream.range(0, 12).<Choice>mapToObj(i -> Choice.intRange("x" + i, 0, 4)).toList(),
          (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));

  private Landscape() {}

  /** A weighted sum of the values with some ruggedness, in [0, 1]; every fifth trial fails. */
  static Outcome evaluate(Trial trial) {
    if (trial.number() % 5 == 3) {
      return switch (trial.number() % 3) {
        case 0 -> new Outcome.Failed("the loss is not a number");
        case 1 -> new Outcome.Rejected("too large");
        default -> new Outcome.Pruned("not promising");
      };
    }
    return new Outcome.Measured(accuracy(trial.genotype()), new Cost(1, 1, 1));
  }

  static double accuracy(Genotype genotype) {
    double sum = 0;
    double most = 0;
    for (int i = 0; i < genotype.size(); i++) {
      sum += (i + 1) * genotype.value(i);
      most += (i + 1) * 4;
    }
    double noise = RandomStream.of(1, genotype.toString()).nextDouble();
    return Math.min(1, 0.9 * sum / most + 0.1 * noise);
  }

  /** Asks and tells with up to {@code open} trials at a time, the last asked told first. */
  static List<Trial> run(Strategy strategy, int trials, int open) {
    List<Trial> history = new ArrayList<>();
    while (history.size() < trials) {
      Deque<Trial> waiting = new ArrayDeque<>();
      for (int i = 0; i < open && history.size() < trials; i++) {
        Optional<Trial> trial = strategy.ask();
        if (trial.isEmpty()) {
          return history;
        }
        waiting.push(trial.get());
        history.add(trial.get());
      }
      waiting.forEach(trial -> strategy.tell(trial, evaluate(trial)));
    }
    return history;
  }

  static double best(List<Trial> history) {
    return history.stream().mapToDouble(t -> accuracy(t.genotype())).max().orElseThrow();
  }
}
