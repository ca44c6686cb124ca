package dev.linnet.cli;

/**
 * A command that cannot be carried out: exit code 1. The message is one line and names the value.
 */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
