package dev.linnet.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.study.Figure;
import dev.linnet.study.Goal;
import dev.linnet.study.Ranks;
import dev.linnet.study.StudyJson;
import dev.linnet.study.StudyOptions;
import dev.linnet.study.StudyResult;
import dev.linnet.study.StudyResult.StrategyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a study as one page with everything that it needs inside, so that it opens without
 * network: the curves of all strategies, and the figures as tables.
 */
public final class StudyPage {
  private static final double NORMAL_95 = 1.96;

  private StudyPage() {}

  /**
   * Writes the page.
   *
   * @param command what was typed to get it
   * @throws IOException if the file cannot be written
   */
  public static void write(StudyResult result, String command, Path file) throws IOException {
    StudyOptions options = result.options();
    Map<String, String> places = new LinkedHashMap<>();
    places.put("title", Html.escape("Strategies on " + options.table().name() + " – Linnet"));
    places.put("style", Resources.text("report.css"));
    places.put("head", head(result, command).markup());
    places.put("figures", figures(result).markup());
    places.put("ranks", ranks(result).markup());
    places.put("data", data(result));
    places.put("echarts", Resources.text("echarts/echarts.common.min.js"));
    places.put("script", Resources.text("study.js"));
    Files.writeString(file, Report.fill(Resources.text("study.html"), places));
  }

  private static Html head(StudyResult result, String command) {
    StudyOptions options = result.options();
    String what =
        result.maximize()
            ? "Hypervolume of the front that was found, as a part of that of the table's front."
            : "Regret: how much worse the recommended network is than the best one, "
                + number(result.optimum())
                + ", by what the table reports and no strategy sees.";
    return Html.of(
        "<p class=\"eyebrow\">Linnet study</p><h1>%s</h1><p class=\"subtitle\">%s · %s rows, %s"
            + " networks · %s queries · %s repeats · seed %s</p><p>%s</p><p"
            + " class=\"genotype\">%s</p>",
        options.table().name(),
        Goal.text(options.goals()),
        options.table().rows(),
        options.table().answering().length,
        options.trials(),
        options.repeats(),
        options.seed(),
        what,
        command);
  }

  private static Html figures(StudyResult result) {
    List<Html> rows = new ArrayList<>();
    for (StrategyResult strategy : result.strategies()) {
      List<Html> cells = new ArrayList<>();
      for (int queries : result.checkpoints()) {
        Figure f = strategy.figure(queries);
        cells.add(
            Html.of(
                "<td>%s<br><small>%s … %s<br>median %s</small></td>",
                number(f.mean()), number(f.low()), number(f.high()), number(f.median())));
      }
      String optimum =
          strategy.medianToOptimum().isPresent()
              ? String.format(Locale.ROOT, "%.0f", strategy.medianToOptimum().getAsDouble())
              : "more than " + result.options().trials();
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">%s</th>%s<td>%s</td></tr>",
              strategy.name(), Html.all(cells), optimum));
    }
    String asked = result.maximize() ? "to the front" : "to the optimum";
    return table(result, asked, rows);
  }

  private static Html ranks(StudyResult result) {
    if (result.strategies().size() < 2) {
      return Html.of("<p class=\"missing\">One strategy has none to be compared with.</p>");
    }
    List<Ranks> all = result.checkpoints().stream().map(result::ranks).toList();
    List<Html> rows = new ArrayList<>();
    for (int s = 0; s < result.strategies().size(); s++) {
      List<Html> cells = new ArrayList<>();
      for (Ranks ranks : all) {
        cells.add(Html.of("<td>%s</td>", String.format(Locale.ROOT, "%.2f", ranks.means()[s])));
      }
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">%s</th>%s<td></td></tr>",
              result.strategies().get(s).name(), Html.all(cells)));
    }
    Ranks last = all.get(all.size() - 1);
    List<Html> pairs = new ArrayList<>();
    for (Ranks.Pair pair : last.pairs()) {
      int other = pair.better() == pair.a() ? pair.b() : pair.a();
      pairs.add(
          Html.of(
              "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>",
              result.strategies().get(pair.better()).name(),
              result.strategies().get(other).name(),
              String.format(Locale.ROOT, "%.2g", pair.p())));
    }
    return Html.of(
        "%s<p class=\"remark\">1 is the best. Friedman's test after %s queries: p = %s.</p>"
            + "<div class=\"wide\"><table><thead><tr><th>ahead</th><th>behind</th>"
            + "<th>p after %s queries</th></tr></thead><tbody>%s</tbody></table></div>"
            + "<p class=\"remark\">Wilcoxon's signed-rank test over the repeats, with Holm's"
            + " correction for the number of pairs.</p>",
        table(result, "", rows),
        result.options().trials(),
        String.format(Locale.ROOT, "%.2g", last.friedman()),
        result.options().trials(),
        Html.all(pairs));
  }

  private static Html table(StudyResult result, String last, List<Html> rows) {
    List<Html> heads = new ArrayList<>();
    result.checkpoints().forEach(k -> heads.add(Html.of("<th scope=\"col\">%s</th>", k)));
    return Html.of(
        "<div class=\"wide\"><table><thead><tr><th>after so many queries</th>%s<th>%s</th></tr>"
            + "</thead><tbody>%s</tbody></table></div>",
        Html.all(heads), last, Html.all(rows));
  }

  /** The study's JSON, and of every strategy the band around the mean and the curve of medians. */
  private static String data(StudyResult result) {
    ObjectNode json = StudyJson.of(result);
    json.put("maximize", result.maximize());
    for (int s = 0; s < result.strategies().size(); s++) {
      StrategyResult strategy = result.strategies().get(s);
      ObjectNode node = (ObjectNode) json.withArray("strategies").get(s);
      ArrayNode errors = node.putArray("errors");
      ArrayNode medians = node.putArray("medians");
      for (int k = 1; k <= result.options().trials(); k++) {
        double[] values = strategy.after(k);
        errors.add(NORMAL_95 * standardError(values));
        medians.add(Figure.median(values));
      }
    }
    // < and > stand in strings alone, where JSON has another way to write them
    return json.toString().replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static double standardError(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
