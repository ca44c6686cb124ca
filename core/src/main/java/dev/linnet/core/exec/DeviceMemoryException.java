package dev.linnet.core.exec;

import java.io.Serial;

/** A device with memory of its own has no room left. The message says how much was asked for. */
public final class DeviceMemoryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** No room for something. */
  public DeviceMemoryException(String message) {
    super(message);
  }
}
