package dev.linnet.space;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One decision that a search space leaves open. A choice says which positions it takes in a
 * genotype, what their values mean and when they matter; everything else (sampling, mutation,
 * counting, the text form) works on those positions alone.
 */
public sealed interface Choice
    permits Choice.OneOf, Choice.IntRange, Conditional, FloatRange, ManyOf, Repeat, Shared {

  /** The name, unique in the space; the labels of the genes start with it. */
  String label();

  /** The positions that this choice takes in a genotype, in order; at least one. */
  List<Slot> slots();

  /** What is chosen at the positions. */
  default List<Gene> genes() {
    return slots().stream().map(Slot::gene).toList();
  }

  /** Exactly one of the named options. */
  static OneOf oneOf(String label, String... options) {
    return new OneOf(label, List.of(options));
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  static IntRange intRange(String label, int min, int max) {
    return new IntRange(label, min, max, 1);
  }

  /** A whole number from {@code min} on in steps, at most {@code max}. */
  static IntRange intRange(String label, int min, int max, int step) {
    return new IntRange(label, min, max, step);
  }

  /** One of {@code points} numbers from {@code min} to {@code max}, equally far apart. */
  static FloatRange floatRange(String label, double min, double max, int points) {
    return new FloatRange(label, min, max, points, FloatRange.Grid.LINEAR);
  }

  /** One of {@code points} numbers from {@code min} to {@code max}, each the same multiple. */
  static FloatRange logRange(String label, double min, double max, int points) {
    return new FloatRange(label, min, max, points, FloatRange.Grid.LOG);
  }

  /** So many different ones of the named options, in any order. */
  static ManyOf manyOf(String label, int count, String... options) {
    return new ManyOf(label, count, false, List.of(options));
  }

  /** So many different ones of the named options, whose order matters. */
  static ManyOf sequenceOf(String label, int count, String... options) {
    return new ManyOf(label, count, true, List.of(options));
  }

  /** A block of choices, {@code min} to {@code max} times; see {@link Repeat}. */
  static Repeat repeat(String label, int min, int max, Choice... block) {
    return new Repeat(label, min, max, List.of(block));
  }

  /** Choices that matter only if {@code label} has one option; see {@link Conditional}. */
  static Conditional when(String label, String option, Choice... choices) {
    return new Conditional(new Condition(label, List.of(option)), List.of(choices));
  }

  /** A choice that may stand in several places; see {@link Shared}. */
  static Shared shared(Choice choice) {
    return new Shared(choice);
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
    public List<Slot> slots() {
      return List.of(Slot.of(new Gene(label, options)));
    }
  }

  /**
   * A whole number.
   *
   * @param label the name of the choice, without blanks
   * @param min the smallest value
   * @param max no value is larger
   * @param step between neighbouring values, at least 1
   */
  record IntRange(String label, int min, int max, int step) implements Choice {
    private static final int MOST = 10_000;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is empty or has more than 10,000 values
     */
    public IntRange {
      if (step < 1) {
        throw new IllegalArgumentException(
            "choice " + label + ": the step must be at least 1, not " + step);
      }
      if (min > max || ((long) max - min) / step >= MOST) {
        throw new IllegalArgumentException(
            "choice " + label + ": a range has 1 to " + MOST + " values, not " + min + "…" + max);
      }
    }

    @Override
    public List<Slot> slots() {
      List<String> values =
          IntStream.rangeClosed(0, (int) (((long) max - min) / step))
              .mapToObj(i -> Integer.toString(min + i * step))
              .toList();
      return List.of(Slot.of(new Gene(label, values)));
    }
  }
}
