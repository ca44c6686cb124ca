package dev.linnet.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in words how the winner compares with the baselines on the test images, and whether a test
 * set of that size can tell. Says so as well when the winner is not better.
 */
final class Verdict {
  private final Finalist winner;
  private final List<Finalist> baselines;
  private final int images;
  private final String effort;

  /** The ways in which a comparison can come out, from the winner's view. */
  private enum Standing {
    BETTER("better than", "and"),
    UNCLEAR("not clearly better than", "or"),
    NOT_BETTER("not better than", "or"),
    WORSE("worse than", "and"),
    SAME("the same network as the best of", "and");

    private final String words;
    private final String joint;

    Standing(String words, String joint) {
      this.words = words;
      this.joint = joint;
    }
  }

  /**
   * A comparison.
   *
   * @param baselines those with a test accuracy count
   * @param images in the test set; 0 if it is not known
   * @param effort what random search spent, as an apposition: {@code with as many evaluations}
   */
  Verdict(Finalist winner, List<Finalist> baselines, int images, String effort) {
    this.winner = winner;
    this.baselines = baselines.stream().filter(b -> b.value("testAccuracy").isNumber()).toList();
    this.images = images;
    this.effort = effort;
  }

  /** A few words: {@code Better than the hand-designed network; not better than random search.} */
  String summary() {
    if (!winner.value("testAccuracy").isNumber()) {
      return "Not tested.";
    }
    if (baselines.isEmpty()) {
      return "Not compared with any baseline.";
    }
    Map<Standing, List<String>> groups = new LinkedHashMap<>();
    for (Standing standing : Standing.values()) {
      List<String> titles =
          baselines.stream().filter(b -> standing(b) == standing).map(Finalist::title).toList();
      if (!titles.isEmpty()) {
        groups.put(standing, titles);
      }
    }
    String text =
        groups.entrySet().stream()
            .map(e -> e.getKey().words + " " + join(e.getValue(), e.getKey().joint))
            .collect(Collectors.joining("; "));
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  /** One sentence with the figures; empty if the winner was not tested. */
  String sentence() {
    if (!winner.value("testAccuracy").isNumber()) {
      return "";
    }
    String head =
        "The winner classifies "
            + Figures.percent(accuracy(winner))
            + " of the "
            + (images > 0 ? Figures.count(images) + " " : "")
            + "test images correctly";
    List<String> parts = new ArrayList<>();
    baselines.forEach(b -> parts.add(difference(b)));
    return head + (parts.isEmpty() ? "" : ": " + String.join("; ", parts)) + ".";
  }

  private String difference(Finalist baseline) {
    double difference = accuracy(winner) - accuracy(baseline);
    String title = baseline.title();
    if (baseline.role().equals("random") && !effort.isEmpty()) {
      title += " " + effort;
    }
    if (standing(baseline) == Standing.SAME) {
      return title + " found the same network";
    }
    if (difference == 0) {
      return "the same as " + title;
    }
    String points =
        Figures.points(difference)
            + " percentage points "
            + (difference > 0 ? "more" : "less")
            + " than "
            + title;
    return points + chance(baseline);
  }

  private String chance(Finalist baseline) {
    return difference95(baseline)
        .map(
            interval ->
                interval.containsZero()
                    ? ", which chance alone can explain"
                    : ", more than chance alone explains")
        .orElse("");
  }

  private Standing standing(Finalist baseline) {
    if (!winner.genotype().isEmpty() && winner.genotype().equals(baseline.genotype())) {
      return Standing.SAME;
    }
    double difference = accuracy(winner) - accuracy(baseline);
    boolean clear = difference95(baseline).map(i -> !i.containsZero()).orElse(false);
    if (clear) {
      return difference > 0 ? Standing.BETTER : Standing.WORSE;
    }
    return difference > 0 ? Standing.UNCLEAR : Standing.NOT_BETTER;
  }

  private Optional<Proportion.Interval> difference95(Finalist baseline) {
    return winner
        .tested(images)
        .flatMap(own -> baseline.tested(images).map(other -> own.minus(other)));
  }

  private static double accuracy(Finalist finalist) {
    return finalist.value("testAccuracy").asDouble();
  }

  private static String join(List<String> words, String joint) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " " + joint + " " + words.get(last);
  }
}
