package dev.linnet.study;

import dev.linnet.estimate.table.Measure;
import dev.linnet.estimate.table.Table;
import dev.linnet.search.Objective;
import dev.linnet.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a study wants to be good.
 *
 * @param name as the table has it, such as {@code accuracy:cifar10}
 * @param objective what it is to a strategy
 * @param measure its numbers; empty for parameters and multiply-accumulates
 */
public record Goal(String name, Objective objective, Optional<Measure> measure) {

  /**
   * Reads names with commas between them, such as {@code accuracy,latency:fpga}. The first one is
   * what strategies take for the accuracy, and has to have a range. One of the others may be any
   * measure that is to be low, and becomes the latency; the rest are {@code params} and {@code
   * macs}, where the table knows them.
   *
   * @throws IllegalArgumentException in one line: a name is unknown, or cannot stand where it does
   */
  public static List<Goal> parse(Table table, String names) {
    List<Goal> goals = new ArrayList<>();
    for (String text : names.split(",", -1)) {
      String name = text.strip();
      Goal goal = goals.isEmpty() ? first(table, name) : further(table, name);
      for (Goal before : goals) {
        if (before.objective() == goal.objective()) {
          throw new IllegalArgumentException(
              "objectives: %s and %s cannot go together; after the first one there may be one"
                      .formatted(before.name(), goal.name())
                  + " measure that is to be low, params and macs");
        }
      }
      goals.add(goal);
    }
    return List.copyOf(goals);
  }

  private static Goal first(Table table, String name) {
    Measure measure = table.measure(name);
    if (!measure.scale().bounded()) {
      throw new IllegalArgumentException(
          "objective "
              + measure.name()
              + " has no range, so it can only follow another one, as in accuracy,"
              + measure.name());
    }
    return new Goal(measure.name(), Objective.ACCURACY, Optional.of(measure));
  }

  private static Goal further(Table table, String name) {
    List<String> known = new ArrayList<>();
    table.measures().stream()
        .filter(measure -> !measure.scale().maximize())
        .forEach(measure -> known.add(measure.name()));
    if (table.hasParams()) {
      known.add(Objective.PARAMS.text());
    }
    if (table.hasMacs()) {
      known.add(Objective.MACS.text());
    }
    for (Objective objective : List.of(Objective.PARAMS, Objective.MACS)) {
      if (known.contains(name) && objective.text().equals(name)) {
        return new Goal(name, objective, Optional.empty());
      }
    }
    Measure measure;
    try {
      measure = table.measure(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Nearest.unknown("further objective", name, known), e);
    }
    if (!known.contains(measure.name())) {
      throw new IllegalArgumentException(Nearest.unknown("further objective", name, known));
    }
    return new Goal(measure.name(), Objective.LATENCY, Optional.of(measure));
  }

  /** The names with commas between them, which {@link #parse} reads. */
  public static String text(List<Goal> goals) {
    return String.join(",", goals.stream().map(Goal::name).toList());
  }

  /** What is reported of a row, as something to make low. */
  double loss(Table table, int row) {
    return switch (objective) {
      case PARAMS -> table.params(row);
      case MACS -> table.macs(row);
      case ACCURACY -> {
        Measure accuracy = measure.orElseThrow();
        yield 1 - accuracy.scale().accuracy(accuracy.reported(row));
      }
      default -> measure.orElseThrow().reported(row);
    };
  }
}
