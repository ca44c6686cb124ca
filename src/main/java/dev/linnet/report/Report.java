package dev.linnet.report;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.ModelException;
import dev.linnet.search.RunException;
import dev.linnet.search.RunFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code report.html}: one page that tells a run from what its folder holds, with everything
 * that it needs inside, so that it opens without network. Parts that a run did not come to are said
 * to be missing.
 */
public final class Report {
  private static final String MODEL = "model.linnet";
  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z-]+)}");
  private static final int WIDE = 1240;
  private static final int NARROW = 360;

  private Report() {}

  /**
   * Reads {@code events.jsonl}, {@code result.json} and {@code model.linnet} of a run, as far as
   * they are there, and writes the page beside them in one step: readers see the old page or the
   * new one.
   *
   * @throws RunException if there are neither events nor a result, one cannot be read, or the page
   *     cannot be written
   */
  public static void write(RunFolder folder) {
    byte[] page = page(folder.path()).getBytes(StandardCharsets.UTF_8);
    folder.write(folder.report(), out -> out.write(page));
  }

  /**
   * Writes the page of an earlier run anew.
   *
   * @throws RunException as {@link #write(RunFolder)} does, and if the run still goes on
   */
  public static void write(Path folder) {
    try (RunFolder run = RunFolder.resume(folder)) {
      write(run);
    }
  }

  private static String page(Path folder) {
    RunRecord run = RunRecord.read(folder);
    Comparison comparison = new Comparison(run);
    SearchTables search = new SearchTables(run);
    Map<String, String> places = new LinkedHashMap<>();
    places.put("title", Html.escape(HeadSection.data(run) + " – Linnet architecture search"));
    places.put("style", Resources.text("report.css"));
    places.put("head", new HeadSection(run).html().markup());
    places.put("network", network(run, folder.resolve(MODEL)).markup());
    places.put("baselines", comparison.baselines().markup());
    places.put("cost", cost(run, search.anyMeasured()).markup());
    places.put("front", search.objectives().markup() + search.front().markup());
    places.put("progress", chart(search.anyMeasured(), "progress", PROGRESS).markup());
    places.put("supernet", supernet(run).markup());
    places.put("curves", curves(run).markup());
    places.put("trained", comparison.trained().markup());
    places.put("ranking", comparison.ranking().markup());
    places.put("unmeasured", search.unmeasured().markup());
    places.put("facts", Facts.of(run).markup());
    places.put("data", ChartData.json(run));
    places.put("echarts", Resources.text("echarts/echarts.common.min.js"));
    places.put("script", Resources.text("report.js"));
    return fill(Resources.text("report.html"), places);
  }

  private static final String PROGRESS =
      "The best estimate so far, after as many evaluations. Both sides ask the same estimator.";

  /** The winner's network: from the model or, where there is none, from its genotype. */
  private static Html network(RunRecord run, Path file) {
    if (!Files.isRegularFile(file)) {
      return WinnerGraph.of(run)
          .map(graph -> drawing(graph, run.result().at("/best/genotype").asText()))
          .orElse(
              Html.of(
                  "<p class=\"missing\">The run folder has no model.linnet, so there is no network"
                      + " to draw.</p>"));
    }
    try {
      Model model = Model.read(file);
      return drawing(model.graph(), model.genotype());
    } catch (ModelException e) {
      return Html.of("<p class=\"missing\">The network cannot be drawn: %s</p>", e.getMessage());
    }
  }

  private static Html drawing(Graph graph, String genotype) {
    ArchitecturePicture picture = new ArchitecturePicture(graph);
    return Html.of(
        "<figure class=\"drawing\"><div class=\"folded\">%s</div><div class=\"column\">%s</div>"
            + "<figcaption>A box is a layer with the batch norm (BN) and the activation that follow"
            + " it, and the size of its result: height × width × channels. The bar at its foot is"
            + " its share of the multiply-accumulates.</figcaption></figure>%s",
        new Html(picture.svg(WIDE)),
        new Html(picture.svg(NARROW)),
        genotype.isEmpty() ? Html.NONE : Html.of("<p class=\"genotype\">%s</p>", genotype));
  }

  private static Html cost(RunRecord run, boolean anyMeasured) {
    String caption = "Estimated accuracy of every candidate on the validation images.";
    if (!anyMeasured) {
      return chart(false, "cost-estimate", caption);
    }
    Html legend = Html.of("<div class=\"legend\" data-legend=\"cost\"></div>");
    if (run.all("trained").isEmpty()) {
      return Html.all(List.of(legend, chart(true, "cost-estimate", caption)));
    }
    return Html.of(
        "%s<div class=\"pair uneven\">%s%s</div>",
        legend,
        chart(
            true,
            "cost-estimate",
            caption + " Those that were trained from scratch afterwards are marked."),
        chart(
            true,
            "cost-trained",
            "Accuracy on the validation images after training from scratch. Mind the other"
                + " scale."));
  }

  private static Html supernet(RunRecord run) {
    if (run.all("supernet").isEmpty()) {
      return Html.of("<p class=\"missing\">No supernet was trained in this run.</p>");
    }
    return Html.of(
        "<div class=\"pair\">%s%s</div>",
        chart(true, "supernet-loss", "Training loss of the supernet."),
        chart(
            true,
            "supernet-accuracy",
            "Training accuracy of the candidates that were sampled in an epoch."));
  }

  private static Html curves(RunRecord run) {
    if (run.all("epoch").isEmpty()) {
      return Html.of("<p class=\"missing\">No network was trained from scratch in this run.</p>");
    }
    return Html.of(
        "<div class=\"legend\" data-legend=\"curves\"></div><div class=\"pair\">%s%s</div>",
        chart(true, "curves-loss", "Training loss from scratch."),
        chart(true, "curves-accuracy", "Accuracy on the validation images."));
  }

  private static Html chart(boolean any, String name, String caption) {
    return any
        ? Html.of(
            "<figure class=\"chart\"><figcaption>%s</figcaption>%s"
                + "<div class=\"plot\" data-chart=\"%s\"></div></figure>",
            caption,
            name.contains("-")
                ? Html.NONE
                : Html.of("<div class=\"legend\" data-legend=\"%s\"></div>", name),
            name)
        : Html.of("<p class=\"missing\">No candidate was evaluated in this run.</p>");
  }

  /** Puts values into the places of a template; values may hold what looks like a place. */
  static String fill(String template, Map<String, String> places) {
    StringBuilder page = new StringBuilder();
    Matcher place = PLACE.matcher(template);
    List<String> unknown = new ArrayList<>();
    while (place.find()) {
      String value = places.get(place.group(1));
      if (value == null) {
        unknown.add(place.group(1));
      }
      place.appendReplacement(page, Matcher.quoteReplacement(String.valueOf(value)));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("report.html: the template has unknown places " + unknown);
    }
    return place.appendTail(page).toString();
  }
}
