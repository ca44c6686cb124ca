package dev.linnet.space;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One decision that a search space leaves open. A choice says which positions it takes in a
 * genotype and what their values mean; everything else (sampling, mutation, the text form) works on
 * those positions alone.
 */
public sealed interface Choice permits Choice.OneOf, Choice.IntRange {

  /** The name, unique in the space; the labels of the genes start with it. */
  String label();

  /** The positions that this choice takes in a genotype, in order; at least one. */
  List<Gene> genes();

  /** Exactly one of the named options. */
  static OneOf oneOf(String label, String... options) {
    return new OneOf(label, List.of(options));
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  static IntRange intRange(String label, int min, int max) {
    return new IntRange(label, min, max);
  }

  /**
   * Exactly one of several options.
   *
   * @param label the name of the choice, without blanks
   * @param options the names of the options, without blanks, all different
   */
  record OneOf(String label, List<String> options) implements Choice {

    /** Checks the names; see {@link Gene}. */
    public OneOf {
      options = new Gene(label, options).options();
    }

    @Override
    public List<Gene> genes() {
      return List.of(new Gene(label, options));
    }
  }

  /**
   * A whole number.
   *
   * @param label the name of the choice, without blanks
   * @param min the smallest value
   * @param max the largest value
   */
  record IntRange(String label, int min, int max) implements Choice {
    private static final int MOST = 10_000;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is empty or has more than 10,000 values
     */
    public IntRange {
      if (min > max || (long) max - min >= MOST) {
        throw new IllegalArgumentException(
            "choice " + label + ": a range has 1 to " + MOST + " values, not " + min + "…" + max);
      }
    }

    @Override
    public List<Gene> genes() {
      return List.of(
          new Gene(label, IntStream.rangeClosed(min, max).mapToObj(Integer::toString).toList()));
    }
  }
}
