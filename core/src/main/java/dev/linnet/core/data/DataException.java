package dev.linnet.core.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Data that cannot be used: one line that names the source, what was found and what would be right.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String source;

  /** The message becomes {@code source: reason}. */
  public DataException(String source, String reason) {
    this(source, reason, null);
  }

  /** The message becomes {@code file: reason}. */
  public DataException(Path file, String reason) {
    this(file.toString(), reason, null);
  }

  /** As {@link #DataException(String, String)}, with the exception that led to it. */
  public DataException(String source, String reason, Throwable cause) {
    super(Objects.requireNonNull(source, "source") + ": " + oneLine(reason), cause);
    this.source = source;
  }

  /** The file, folder or name that is wrong. */
  public String source() {
    return source;
  }

  private static String oneLine(String reason) {
    return reason.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
