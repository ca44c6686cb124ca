package dev.linnet.core.model;

import java.util.Objects;

/**
 * A model file that cannot be read, written or run: one line that names the file where it is known,
 * what was found and what would be right.
 */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 600;

  /** The message becomes {@code source: reason}, in one line. */
  public ModelException(String source, String reason) {
    this(source, reason, null);
  }

  /** As {@link #ModelException(String, String)}, with the exception that led to it. */
  public ModelException(String source, String reason, Throwable cause) {
    super(oneLine(Objects.requireNonNull(source) + ": " + reason), cause);
  }

  /** Names in a damaged file may hold anything; a message is one line of bounded length. */
  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
