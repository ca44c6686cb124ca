package dev.linnet.search;

import java.util.Comparator;

/**
 * One of a population: a trial that was measured.
 *
 * @param trial what was asked
 * @param outcome what was told
 */
public record Member(Trial trial, Outcome.Measured outcome) {

  /**
   * From the least to the most accurate; of equally accurate ones, the one with fewer
   * multiply-accumulates is greater, then the one asked earlier.
   */
  public static final Comparator<Member> BY_ACCURACY =
      Comparator.<Member>comparingDouble(m -> m.outcome().accuracy())
          .thenComparing(
              Comparator.<Member>comparingLong(m -> m.outcome().cost().macs()).reversed())
          .thenComparing(Comparator.<Member>comparingInt(m -> m.trial().number()).reversed());
}
