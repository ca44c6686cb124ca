package dev.linnet.search;

import dev.linnet.text.Nearest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a search tries to make good: accuracy as high, everything else as low as it can be. */
public enum Objective {
  /** On the validation images; the only one that is to be high. */
  ACCURACY("accuracy"),
  /** Milliseconds for one image. */
  LATENCY("latency"),
  /** Multiply-accumulates for one image. */
  MACS("macs"),
  /** Trainable values. */
  PARAMS("params"),
  /** Bytes of memory at inference, at their peak. */
  MEMORY("memory");

  private final String text;

  Objective(String text) {
    this.text = text;
  }

  /** The name as options and records have it, such as {@code latency}. */
  public String text() {
    return text;
  }

  /** The names of all objectives. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Objective::text).toList();
  }

  /**
   * Reads names with commas between them, such as {@code accuracy,latency}.
   *
   * @throws IllegalArgumentException in one line: a name is unknown or occurs twice
   */
  public static List<Objective> parse(String names) {
    Set<Objective> objectives = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      Objective objective = named(name.strip());
      if (!objectives.add(objective)) {
        throw new IllegalArgumentException("objective " + objective.text + " is named twice");
      }
    }
    return List.copyOf(objectives);
  }

  /** The names of objectives with commas between them, which {@link #parse} reads. */
  public static String text(List<Objective> objectives) {
    return objectives.stream().map(Objective::text).collect(Collectors.joining(","));
  }

  private static Objective named(String name) {
    return Arrays.stream(values())
        .filter(objective -> objective.text.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.unknown("objective", name, names())));
  }

  /**
   * The value in its own unit: a fraction of 1, milliseconds, a number, bytes.
   *
   * @throws IllegalArgumentException if it is the latency and that was not measured
   */
  public double value(Outcome.Measured outcome) {
    return switch (this) {
      case ACCURACY -> outcome.accuracy();
      case LATENCY ->
          outcome
              .latencyMs()
              .orElseThrow(
                  () -> new IllegalArgumentException("latency is an objective, but not measured"));
      case MACS -> outcome.cost().macs();
      case PARAMS -> outcome.cost().params();
      case MEMORY -> outcome.cost().peakBytes();
    };
  }

  /**
   * The value as something to make low: for the accuracy the error, {@code 1 - accuracy}, otherwise
   * the value itself.
   *
   * @throws IllegalArgumentException if it is the latency and that was not measured
   */
  public double loss(Outcome.Measured outcome) {
    return this == ACCURACY ? 1 - outcome.accuracy() : value(outcome);
  }

  /**
   * One loss for each of the objectives.
   *
   * @throws IllegalArgumentException if the latency is one of them and was not measured
   */
  public static double[] losses(List<Objective> objectives, Outcome.Measured outcome) {
    double[] losses = new double[objectives.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = objectives.get(i).loss(outcome);
    }
    return losses;
  }
}
