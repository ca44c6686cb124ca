package dev.linnet.study;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.estimate.table.Table;
import dev.linnet.search.Outcome;
import dev.linnet.search.Strategies;
import dev.linnet.search.Strategy;
import dev.linnet.search.Trial;
import java.util.Optional;

/** One strategy on one table, once: asks, answers, and judges after every answer. */
final class Repeat {
  /** So many genotypes in a row that the table does not have, and a strategy has nothing left. */
  private static final int MOST_MISSES = 10_000;

  private static final double ROUNDING = 1e-9;

  private final Table table;
  private final Yardstick yardstick;
  private final int trials;

  Repeat(Table table, Yardstick yardstick, int trials) {
    this.table = table;
    this.yardstick = yardstick;
    this.trials = trials;
  }

  /** The seed of a repeat: the same for all strategies, so that repeats are pairs. */
  static long seed(long study, int repeat) {
    return RandomStream.key(study, repeat);
  }

  /** Runs a built-in strategy; see {@link #run(Strategy, long)}. */
  Curve run(String name, long seed) {
    return run(
        Strategies.named(
            name, table.space(), seed, trials, StudyOptions.objectives(yardstick.goals())),
        seed);
  }

  /**
   * Runs a strategy until its queries cost as much as {@code trials} full evaluations. Genotypes
   * that the table does not have cost nothing. If the strategy ends earlier, what it had found then
   * counts for the rest.
   *
   * @param strategy a fresh one
   * @param seed of the noise; see {@link #seed}
   */
  Curve run(Strategy strategy, long seed) {
    Answers answers = new Answers(table, yardstick.goals(), seed);
    Yardstick.Reading reading = yardstick.reading();
    double[] values = new double[trials];
    double[] seconds = new double[table.hasClock() ? trials : 0];
    double value = reading.worst();
    double clock = 0;
    double spent = 0;
    int filled = 0;
    int asked = 0;
    int misses = 0;
    double late = 0;
    int lateQueries = 0;
    while (spent < trials - ROUNDING && misses < MOST_MISSES) {
      Optional<Trial> next = strategy.ask();
      if (next.isEmpty()) {
        break;
      }
      Trial trial = next.get();
      Outcome outcome = answers.answer(trial);
      strategy.tell(trial, outcome);
      if (!(outcome instanceof Outcome.Measured measured)) {
        misses++;
        continue;
      }
      misses = 0;
      spent += answers.cost(trial);
      // what is known after k queries is what was known before more than k were spent
      for (; filled < trials && filled + 1 < spent - ROUNDING; filled++) {
        set(values, seconds, filled, value, clock);
      }
      clock += answers.seconds(trial);
      value = reading.after(trial, measured, strategy);
      int row = table.row(trial.genotype());
      if (spent > lastThird(trials) + ROUNDING) {
        late += yardstick.goals().get(0).measure().orElseThrow().reported(row);
        lateQueries++;
      }
      if (asked == 0 && yardstick.isOptimum(row)) {
        asked = (int) Math.ceil(spent - ROUNDING);
      }
      if (filled < trials && filled + 1 <= spent + ROUNDING) {
        set(values, seconds, filled, value, clock);
        filled++;
      }
    }
    for (; filled < trials; filled++) {
      set(values, seconds, filled, value, clock);
    }
    return new Curve(values, asked, late / lateQueries, seconds);
  }

  /** How many queries there are before the last third of them. */
  static int lastThird(int trials) {
    return trials - trials / 3;
  }

  private static void set(
      double[] values, double[] seconds, int index, double value, double clock) {
    values[index] = value;
    if (seconds.length > 0) {
      seconds[index] = clock;
    }
  }
}
