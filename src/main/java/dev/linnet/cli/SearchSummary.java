package dev.linnet.cli;

import dev.linnet.search.FrontMember;
import dev.linnet.search.NetworkResult;
import dev.linnet.search.SearchResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says in a few lines what a search found. */
final class SearchSummary {
  private SearchSummary() {}

  /**
   * The lines.
   *
   * @param folder of the run
   * @param data as {@code --data} named it
   */
  static List<String> lines(SearchResult result, Path folder, String data) {
    NetworkResult best = result.best();
    List<String> lines = new ArrayList<>();
    lines.add("winner    " + best.genotype().map(Object::toString).orElse(best.name()));
    lines.add(
        "          test accuracy "
            + Text.accuracy(best.test())
            + ", "
            + Text.count(best.cost().params())
            + " parameters, "
            + Text.count(best.cost().macs())
            + " MACs, "
            + Text.milliseconds(best.latencyMs())
            + " an image");
    lines.add("");
    lines.addAll(table(result));
    lines.add("");
    if (!result.front().isEmpty()) {
      lines.addAll(front(result.front()));
      lines.add("");
    }
    if (result.ranking().networks() > 1) {
      lines.add(ranking(result.ranking()));
    }
    lines.add(
        "run       "
            + Text.count(result.trials())
            + " trials in "
            + Text.duration(result.seconds())
            + ", seed "
            + result.options().seed()
            + ", "
            + result.backend()
            + (result.interrupted() ? "; interrupted: the best so far" : ""));
    lines.add("files     " + folder + ": " + String.join(", ", files(folder)));
    String model = folder.resolve("model.linnet").toString();
    lines.add("next      " + Main.suggestion("evaluate", "--model", model, "--data", data));
    lines.add("          " + Main.suggestion("predict", "--model", model) + " IMAGE.png");
    return lines;
  }

  private static List<String> files(Path folder) {
    return Stream.of("model.linnet", "report.html", "result.json", "events.jsonl")
        .filter(name -> Files.exists(folder.resolve(name)))
        .toList();
  }

  private static List<String> table(SearchResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("network", "", "test", "validation", "parameters", "MACs", "latency"));
    rows.add(row(result.best(), "winner"));
    result.baselines().forEach(each -> rows.add(row(each, "baseline")));
    return Text.table(rows, 2);
  }

  private static List<String> row(NetworkResult network, String kind) {
    return List.of(
        network.name(),
        kind,
        Text.accuracy(network.test()),
        Text.accuracy(network.validation()),
        Text.count(network.cost().params()),
        Text.count(network.cost().macs()),
        Text.milliseconds(network.latencyMs()));
  }

  /** The Pareto front; accuracies are estimates. */
  private static List<String> front(List<FrontMember> front) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("front", "estimate", "parameters", "MACs", "latency"));
    for (FrontMember member : front) {
      rows.add(
          List.of(
              member.genotype().toString(),
              Text.accuracy(member.accuracy()),
              Text.count(member.cost().params()),
              Text.count(member.cost().macs()),
              Text.milliseconds(member.latencyMs())));
    }
    return Text.table(rows, 1);
  }

  /** How well the cheap estimates order what was trained. */
  private static String ranking(SearchResult.Ranking ranking) {
    return "ranking   Kendall's tau with training from scratch, over "
        + ranking.networks()
        + " networks: estimate "
        + tau(ranking.estimate())
        + ", just counting MACs "
        + tau(ranking.macs());
  }

  private static String tau(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "not defined";
  }
}
