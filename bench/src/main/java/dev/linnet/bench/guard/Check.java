package dev.linnet.bench.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Holds fractions against a baseline. */
public final class Check {
  /** Of its baseline a case has to reach this, once in {@value #TRIES} tries. */
  public static final double LEAST = 0.8;

  /** How often a case is measured before it counts as slower. */
  public static final int TRIES = 3;

  private Check() {}

  /**
   * The cases that stay below {@value #LEAST} of their baselines, each with one line that says by
   * how much. A case that one of the two lacks is no failure.
   *
   * @param measured fractions of the first try
   * @param again measures a case once more
   */
  public static List<String> failures(
      Sample baseline, Map<String, Double> measured, ToDoubleFunction<String> again) {
    List<String> failures = new ArrayList<>();
    measured.forEach(
        (name, first) -> {
          Double expected = baseline.fractions().get(name);
          double best = first;
          for (int i = 1; expected != null && best < LEAST * expected && i < TRIES; i++) {
            best = Math.max(best, again.applyAsDouble(name));
          }
          if (expected != null && best < LEAST * expected) {
            failures.add(
                String.format(
                    Locale.ROOT,
                    "%s: %.1f %% at best in %d tries, that is %.0f %% of its baseline of %.1f %%",
                    name,
                    100 * best,
                    TRIES,
                    100 * best / expected,
                    100 * expected));
          }
        });
    return failures;
  }

  /** The cases that were measured and have no baseline. */
  public static List<String> unknown(Sample baseline, Map<String, Double> measured) {
    return measured.keySet().stream()
        .filter(name -> !baseline.fractions().containsKey(name))
        .toList();
  }
}
