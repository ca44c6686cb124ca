package dev.linnet.space;

import java.util.List;
import java.util.Map;

/** A value of a JSON file, and where it stands. */
sealed interface Located {

  /** The line on which it begins, from 1. */
  int line();

  /**
   * An object.
   *
   * @param line on which it begins
   * @param values by key, in the order of the file
   */
  record Members(int line, Map<String, Located> values) implements Located {}

  /**
   * An array.
   *
   * @param line on which it begins
   * @param values in the order of the file
   */
  record Items(int line, List<Located> values) implements Located {}

  /**
   * A string, a number, {@code true}, {@code false} or {@code null}.
   *
   * @param line on which it stands
   * @param text what is written there, a string without its quotes
   * @param quoted whether it is a string
   */
  record Single(int line, String text, boolean quoted) implements Located {}
}
