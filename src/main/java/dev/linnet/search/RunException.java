package dev.linnet.search;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A run's folder or file that cannot be used: one line that names it and says why. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message becomes {@code path: reason}. */
  public RunException(Path path, String reason) {
    super(path + ": " + reason);
  }

  /** The message becomes {@code path: reason (why)}. */
  public RunException(Path path, String reason, IOException cause) {
    super(path + ": " + reason + " (" + why(cause) + ")", cause);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is such a file already";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
