package dev.linnet.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answers at one fidelity, from the most to the least accurate, and who was promoted. */
final class Rung {
  /** Whoever was not measured is last; of equals the one that was proposed first is before. */
  private static final Comparator<Result> ORDER =
      Comparator.comparingDouble(Result::accuracy)
          .reversed()
          .thenComparingInt(r -> r.proposal().number());

  private final List<Result> results = new ArrayList<>();
  private final Set<Integer> promoted = new HashSet<>();

  private record Result(Trial proposal, double accuracy) {}

  void add(Trial proposal, Outcome outcome) {
    double accuracy =
        outcome instanceof Outcome.Measured m ? m.accuracy() : Double.NEGATIVE_INFINITY;
    Result result = new Result(proposal, accuracy);
    int index = results.size();
    while (index > 0 && ORDER.compare(result, results.get(index - 1)) < 0) {
      index--;
    }
    results.add(index, result);
  }

  /** The number of answers. */
  int size() {
    return results.size();
  }

  /** Promotes the best that was not promoted yet, if it is one of the {@code count} best. */
  Optional<Trial> promote(int count) {
    for (int i = 0; i < Math.min(count, results.size()); i++) {
      Result result = results.get(i);
      if (Double.isFinite(result.accuracy()) && promoted.add(result.proposal().number())) {
        return Optional.of(result.proposal());
      }
    }
    return Optional.empty();
  }
}
