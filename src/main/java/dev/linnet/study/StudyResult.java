package dev.linnet.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a study found. Of one objective the values are regrets: how much worse the recommended
 * network is than the best one, by what the table reports, in the table's unit. Of several they are
 * hypervolumes, as a part of that of the table's front.
 *
 * @param options what was compared
 * @param maximize whether high values are good
 * @param optimum the best reported value; 1 with several objectives
 * @param strategies the results, in the order of the options
 */
public record StudyResult(
    StudyOptions options, boolean maximize, double optimum, List<StrategyResult> strategies) {
  private static final int[] CHECKPOINTS = {25, 50, 100, 150, 300};

  /**
   * One strategy.
   *
   * @param name its name
   * @param values by repeat and query: {@code values[r][k - 1]} is that after k queries
   * @param medianToOptimum the least number of queries after which half of the repeats had asked
   *     the optimum, at whatever fidelity; empty if fewer than half ever asked it
   * @param late by repeat: the mean of what is reported of the networks that were asked in the last
   *     third of the queries, by the first objective; repeats without any are left out
   * @param seconds by query: the mean of the simulated clock; empty if the table has no times
   */
  public record StrategyResult(
      String name,
      double[][] values,
      OptionalDouble medianToOptimum,
      double[] late,
      double[] seconds) {

    /** The values of all repeats after {@code queries} queries; a fresh array. */
    public double[] after(int queries) {
      return Arrays.stream(values).mapToDouble(curve -> curve[queries - 1]).toArray();
    }

    /** The figure after {@code queries} queries. */
    public Figure figure(int queries) {
      return Figure.of(after(queries));
    }

    /** The mean over the repeats after 1, 2, … queries. */
    public double[] means() {
      return IntStream.rangeClosed(1, values[0].length)
          .mapToDouble(k -> Arrays.stream(after(k)).average().orElseThrow())
          .toArray();
    }
  }

  static StudyResult of(StudyOptions options, Yardstick yardstick, List<List<Curve>> curves) {
    List<StrategyResult> strategies = new ArrayList<>();
    for (int s = 0; s < curves.size(); s++) {
      List<Curve> runs = curves.get(s);
      double[] seconds =
          IntStream.range(0, runs.get(0).seconds().length)
              .mapToDouble(k -> runs.stream().mapToDouble(c -> c.seconds()[k]).average().orElse(0))
              .toArray();
      strategies.add(
          new StrategyResult(
              options.strategies().get(s),
              runs.stream().map(Curve::values).toArray(double[][]::new),
              medianToOptimum(runs.stream().mapToInt(Curve::asked).toArray()),
              runs.stream().mapToDouble(Curve::late).filter(Double::isFinite).toArray(),
              seconds));
    }
    return new StudyResult(
        options, yardstick.maximize(), yardstick.optimum(), List.copyOf(strategies));
  }

  /**
   * The least number of queries after which half of the repeats had asked.
   *
   * @param asked by repeat the query that asked, from 1; 0 where none did
   */
  static OptionalDouble medianToOptimum(int[] asked) {
    int[] queries = Arrays.stream(asked).filter(k -> k > 0).sorted().toArray();
    int half = (asked.length + 1) / 2;
    return queries.length < half ? OptionalDouble.empty() : OptionalDouble.of(queries[half - 1]);
  }

  /** The numbers of queries at which figures are said: 25, 50, 100, 150, 300, and the last one. */
  public List<Integer> checkpoints() {
    int trials = options.trials();
    return IntStream.concat(Arrays.stream(CHECKPOINTS), IntStream.of(trials))
        .filter(k -> k <= trials)
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  /** The first query of the last third. */
  public int late() {
    return Repeat.lastThird(options.trials()) + 1;
  }

  /** The strategies compared with each other after {@code queries} queries. */
  public Ranks ranks(int queries) {
    return Ranks.of(
        strategies.stream().map(s -> s.after(queries)).toArray(double[][]::new), maximize);
  }

  /**
   * After how many queries the mean of a strategy is as good as {@code value}; empty if never.
   *
   * @param strategy its place in {@link #strategies}
   */
  public OptionalInt queriesTo(int strategy, double value) {
    double[] means = strategies.get(strategy).means();
    return IntStream.rangeClosed(1, means.length)
        .filter(k -> maximize ? means[k - 1] >= value : means[k - 1] <= value)
        .findFirst();
  }
}
