package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The tables of the networks that were trained from scratch, and what they say of the estimate. */
final class Comparison {
  /** Below this many networks, even a perfect order may be chance (two-sided, 5 %). */
  private static final int FEW = 5;

  private final RunRecord run;
  private final int images;

  Comparison(RunRecord run) {
    this.run = run;
    this.images = run.testImages();
  }

  /** An interval as {@code 96.72–99.43 %}. */
  static String text(Proportion.Interval interval) {
    return "%s–%s\u00A0%%"
        .formatted(Figures.points(interval.low()), Figures.points(interval.high()));
  }

  /** The winner beside the baselines. */
  Html baselines() {
    List<Finalist> compared = Finalist.compared(run);
    if (compared.isEmpty()) {
      return Html.of("<p class=\"missing\">No network was trained from scratch in this run.</p>");
    }
    List<Html> rows = new ArrayList<>();
    for (Finalist finalist : compared) {
      String path = finalist.path().isEmpty() ? "" : finalist.path() + ".";
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"><span class=\"mark %s\"></span>%s"
                  + "<span class=\"small\">%s</span></th>"
                  + "<td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
              style(finalist),
              capital(finalist.title()),
              finalist.name().equals(finalist.title()) ? "" : finalist.name(),
              cell(finalist, path, "testAccuracy", Figures::percent),
              finalist.tested(images).map(p -> text(p.interval())).orElse(Figures.NONE),
              cell(finalist, path, "valAccuracy", Figures::percent),
              cell(finalist, path, "params", Figures::count),
              cell(finalist, path, "macs", Figures::count),
              cell(finalist, path, "latencyMs", Figures::milliseconds)));
    }
    Html table =
        Html.of(
            "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Network</th>"
                + "<th scope=\"col\">Test accuracy</th><th scope=\"col\">95 %% interval</th>"
                + "<th scope=\"col\">Validation</th><th scope=\"col\">Parameters</th>"
                + "<th scope=\"col\">MACs</th><th scope=\"col\">Latency</th></tr></thead>"
                + "<tbody>%s</tbody></table></div>",
            Html.all(rows));
    return Html.all(List.of(table, Html.of("<p class=\"remark\">%s</p>", remark(compared))));
  }

  private String remark(List<Finalist> compared) {
    List<String> remarks = new ArrayList<>();
    JsonNode epochs = run.last("plan").path("epochs");
    remarks.add(
        "All were trained from scratch in the same way"
            + (epochs.isNumber() ? ", for " + epochs.asInt() + " epochs each." : "."));
    if (run.all("trained").stream().anyMatch(t -> !t.path("complete").asBoolean(true))) {
      remarks.add("The run ended before the last training was complete.");
    }
    remarks.add(
        images > 0
            ? "The interval (Wilson) is how far the accuracy on "
                + Figures.count(images)
                + " images may be from the true one; that of a difference is Newcombe's."
            : "How many test images there were is not known, so no interval can be given.");
    if (compared.stream().noneMatch(f -> f.role().equals("random"))) {
      remarks.add("Random search has no trained network in this run.");
    }
    if (compared.stream().noneMatch(f -> f.role().equals("hand-designed"))) {
      remarks.add("The hand-designed network was not trained in this run.");
    }
    return String.join(" ", remarks);
  }

  /** All networks that were trained from scratch, with what was estimated before. */
  Html trained() {
    List<Finalist> trained = Finalist.trained(run);
    if (trained.isEmpty()) {
      return Html.NONE;
    }
    Map<String, Candidate> estimates = new HashMap<>();
    run.candidates().stream()
        .filter(Candidate::measured)
        .forEach(c -> estimates.putIfAbsent(c.genotype(), c));
    List<Finalist> compared = Finalist.compared(run);
    List<Html> rows = new ArrayList<>();
    for (Finalist network : trained) {
      Candidate estimate = estimates.get(network.genotype());
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"><span class=\"mark %s\"></span>%s</th>"
                  + "<td>%s</td><td>%s</td><td>%s</td><td class=\"genotype\">%s</td></tr>",
              network.winner(compared) ? "winner" : network.role(),
              network.name(),
              estimate == null ? Figures.NONE : Figures.percent(estimate.accuracy()),
              cell(network, "", "valAccuracy", Figures::percent),
              cell(network, "", "macs", Figures::count),
              network.genotype().isEmpty() ? Figures.NONE : network.genotype()));
    }
    return Html.of(
        "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Network</th>"
            + "<th scope=\"col\">Estimate</th><th scope=\"col\">Validation</th>"
            + "<th scope=\"col\">MACs</th><th scope=\"col\" class=\"left\">Genotype</th></tr>"
            + "</thead><tbody>%s</tbody></table></div>",
        Html.all(rows));
  }

  /** How well cheap estimates order the networks that were trained from scratch. */
  Html ranking() {
    boolean result = run.result().path("rank").isObject();
    JsonNode rank = result ? run.result().path("rank") : run.last("rank");
    if (!rank.path("networks").isNumber()) {
      return Html.of(
          "<p class=\"missing\">The run did not come to a comparison of estimates with training from"
              + " scratch.</p>");
    }
    int networks = rank.path("networks").asInt();
    String path = result ? "rank." : "";
    Html table =
        Html.of(
            "<div class=\"wide\"><table class=\"narrow\"><thead><tr><th scope=\"col\">Order by</th>"
                + "<th scope=\"col\">Kendall’s τ</th></tr></thead><tbody>"
                + "<tr><th scope=\"row\">Estimate of the search</th><td>%s</td></tr>"
                + "<tr><th scope=\"row\">Just counting the MACs</th><td>%s</td></tr>"
                + "</tbody></table></div>",
            tau(path + "kendallSupernet", rank.path("kendallSupernet"), result),
            tau(path + "kendallMacs", rank.path("kendallMacs"), result));
    return Html.all(
        List.of(
            Html.of("<p>%s</p>", trust(networks, rank)),
            table,
            Html.of(
                "<p class=\"remark\">Agreement with the validation accuracy of <data value=\"%s\"%s>"
                    + "%s</data> networks after training from scratch: 1 is the same order, 0 none, −1"
                    + " the reverse.</p>",
                networks, result ? Html.of(" data-of=\"rank.networks\"") : Html.NONE, networks)));
  }

  private static Html tau(String path, JsonNode value, boolean result) {
    return value.isNumber()
        ? Figures.value(result ? path : "", value, Figures::correlation)
        : Html.of("<span class=\"missing\">not defined</span>");
  }

  private static String trust(int networks, JsonNode rank) {
    if (networks < FEW) {
      return "Only "
          + (networks == 1 ? "1 network was" : networks + " networks were")
          + " trained from scratch: too few to say how far the estimate can be trusted.";
    }
    double chance =
        Math.min(1, 1.96 * Math.sqrt(2.0 * (2 * networks + 5) / (9.0 * networks * (networks - 1))));
    JsonNode estimate = rank.path("kendallSupernet");
    JsonNode macs = rank.path("kendallMacs");
    String noise =
        " With %d networks, chance alone reaches ±%s (95 %%)"
            .formatted(networks, Figures.correlation(chance));
    if (!estimate.isNumber() || !macs.isNumber()) {
      return "At least one order is not defined, since all of its values are equal." + noise + ".";
    }
    double lead = estimate.asDouble() - macs.asDouble();
    String order =
        lead > 0
            ? "The estimate orders the networks better than just counting their MACs."
            : lead < 0
                ? "Just counting the MACs orders the networks better than the estimate does."
                : "The estimate orders the networks as well as just counting their MACs.";
    return order
        + noise
        + (Math.abs(estimate.asDouble()) <= chance
            ? ", so this is a hint and no proof."
            : ", so the estimate does say something.");
  }

  private static Html cell(
      Finalist finalist, String path, String key, DoubleFunction<String> shown) {
    return Figures.value(path.isEmpty() ? "" : path + key, finalist.value(key), shown);
  }

  /** The class of the coloured mark. */
  private static String style(Finalist finalist) {
    return finalist.role().equals("candidate") ? "winner" : finalist.role();
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
