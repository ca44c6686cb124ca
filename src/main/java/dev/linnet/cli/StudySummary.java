package dev.linnet.cli;

import dev.linnet.estimate.table.Table;
import dev.linnet.study.Figure;
import dev.linnet.study.Goal;
import dev.linnet.study.Ranks;
import dev.linnet.study.StudyOptions;
import dev.linnet.study.StudyResult;
import dev.linnet.study.StudyResult.StrategyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What a study prints. */
final class StudySummary {
  private static final int REFERENCE = 100;
  private static final double SIGNIFICANT = 0.05;

  private final StudyResult result;
  private final List<String> lines = new ArrayList<>();

  private StudySummary(StudyResult result) {
    this.result = result;
  }

  /**
   * The lines.
   *
   * @param seconds that the study took
   */
  static List<String> lines(StudyResult result, double seconds) {
    StudySummary summary = new StudySummary(result);
    summary.head(seconds);
    summary.values();
    summary.ranks();
    summary.reaching();
    summary.significance();
    return summary.lines;
  }

  private void head(double seconds) {
    StudyOptions options = result.options();
    Table table = options.table();
    lines.add(
        "%s: %s rows, %s networks; objective %s"
            .formatted(
                table.name(),
                Text.count(table.rows()),
                Text.count(table.answering().length),
                Goal.text(options.goals())));
    lines.add(
        result.maximize()
            ? "hypervolume, as a part of that of the table's front"
            : "regret in %s: how much worse the recommended network is than the best one, %s"
                .formatted(unit(), number(result.optimum())));
    lines.add(
        "%s queries, %s repeats, seed %d; %s on %d threads"
            .formatted(
                Text.count(options.trials()),
                Text.count(options.repeats()),
                options.seed(),
                Text.duration(seconds),
                options.threads()));
  }

  private String unit() {
    String unit = result.options().goals().get(0).measure().orElseThrow().scale().unit();
    return unit.equals("%") ? "percentage points" : unit.isEmpty() ? "its unit" : unit;
  }

  private void values() {
    table(
        "mean [95 % confidence interval, bootstrap] after so many queries",
        strategy -> k -> interval(strategy.figure(k)));
    table("median", strategy -> k -> number(strategy.figure(k).median()));
    lines.add("");
    lines.add(
        result.maximize()
            ? "median number of queries until one of the table's front was asked"
            : "median number of queries until the optimum was asked");
    List<List<String>> rows = new ArrayList<>();
    for (StrategyResult strategy : result.strategies()) {
      rows.add(
          List.of(
              strategy.name(),
              strategy.medianToOptimum().isPresent()
                  ? String.format(Locale.ROOT, "%.0f", strategy.medianToOptimum().getAsDouble())
                  : "more than " + result.options().trials()));
    }
    lines.addAll(Text.table(rows, 1));
    late();
    if (result.options().table().hasClock()) {
      table("simulated time", strategy -> k -> Text.duration(strategy.seconds()[k - 1]));
    }
  }

  private void late() {
    lines.add("");
    lines.add(
        "mean %s of the networks that were asked in queries %d to %d [95 %% confidence interval]"
            .formatted(
                result.options().goals().get(0).name(), result.late(), result.options().trials()));
    List<List<String>> rows = new ArrayList<>();
    for (StrategyResult strategy : result.strategies()) {
      rows.add(
          List.of(
              strategy.name(),
              strategy.late().length == 0 ? "none" : interval(Figure.of(strategy.late()))));
    }
    lines.addAll(Text.table(rows, 1));
  }

  private static String interval(Figure f) {
    return "%s [%s, %s]".formatted(number(f.mean()), number(f.low()), number(f.high()));
  }

  private void table(String title, Function<StrategyResult, IntFunction<String>> cells) {
    lines.add("");
    lines.add(title);
    lines.addAll(Text.table(rows(cells), 1));
  }

  private List<List<String>> rows(Function<StrategyResult, IntFunction<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    result.checkpoints().forEach(k -> head.add(Integer.toString(k)));
    rows.add(head);
    for (StrategyResult strategy : result.strategies()) {
      List<String> row = new ArrayList<>(List.of(strategy.name()));
      result.checkpoints().forEach(k -> row.add(cells.apply(strategy).apply(k)));
      rows.add(row);
    }
    return rows;
  }

  private void ranks() {
    if (result.strategies().size() < 2) {
      return;
    }
    List<Ranks> ranks = result.checkpoints().stream().map(result::ranks).toList();
    List<List<String>> rows =
        rows(
            strategy ->
                k -> {
                  int s = result.strategies().indexOf(strategy);
                  double[] means = ranks.get(result.checkpoints().indexOf(k)).means();
                  return String.format(Locale.ROOT, "%.2f", means[s]);
                });
    List<String> test = new ArrayList<>(List.of("p (Friedman)"));
    ranks.forEach(r -> test.add(probability(r.friedman())));
    rows.add(test);
    lines.add("");
    lines.add("mean rank (1 is best)");
    lines.addAll(Text.table(rows, 1));
  }

  /** Who needs how many queries for what another one reaches. */
  private void reaching() {
    int at = reference();
    if (result.strategies().size() < 2) {
      return;
    }
    lines.add("");
    lines.add("queries to the mean that the strategy of the column has after " + at);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    result.strategies().forEach(s -> head.add(s.name()));
    rows.add(head);
    List<double[]> means = result.strategies().stream().map(StrategyResult::means).toList();
    for (int s = 0; s < means.size(); s++) {
      List<String> row = new ArrayList<>(List.of(result.strategies().get(s).name()));
      for (double[] other : means) {
        OptionalInt queries = result.queriesTo(s, other[at - 1]);
        row.add(
            queries.isPresent()
                ? Integer.toString(queries.getAsInt())
                : "> " + result.options().trials());
      }
      rows.add(row);
    }
    lines.addAll(Text.table(rows, 1));
  }

  private int reference() {
    return Math.min(REFERENCE, result.options().trials());
  }

  private void significance() {
    if (result.strategies().size() < 2) {
      return;
    }
    int at = reference();
    lines.add("");
    lines.add("pairs after %d (Wilcoxon's signed-rank test, Holm's correction)".formatted(at));
    List<List<String>> rows = new ArrayList<>();
    for (Ranks.Pair pair : result.ranks(at).pairs()) {
      String a = result.strategies().get(pair.a()).name();
      String b = result.strategies().get(pair.b()).name();
      boolean first = pair.better() == pair.a();
      rows.add(
          List.of(
              pair.p() < SIGNIFICANT
                  ? "%s is better than %s".formatted(first ? a : b, first ? b : a)
                  : "%s and %s: no difference shown".formatted(a, b),
              "p " + (pair.p() < 0.0001 ? "" : "= ") + probability(pair.p())));
    }
    lines.addAll(Text.table(rows, 2));
  }

  private static String probability(double p) {
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
