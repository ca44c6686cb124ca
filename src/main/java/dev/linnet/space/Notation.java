package dev.linnet.space;

import java.util.Optional;

/** A further text form of a space's genotypes, such as the one that a benchmark uses. */
@FunctionalInterface
public interface Notation {
  /**
   * Reads {@code text}.
   *
   * @return the values of the genes; empty if the text is not of this form at all
   * @throws IllegalArgumentException if the text is of this form but wrong, in one line
   */
  Optional<int[]> read(String text);
}
