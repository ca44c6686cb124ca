package dev.linnet.cli;

import java.util.function.Supplier;

/** A command that is wrong in itself: exit code 2. The message is one line and names the value. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  private UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What {@code value} gives; what it says of a bad argument becomes what the user is told. */
  static <T> T unless(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
