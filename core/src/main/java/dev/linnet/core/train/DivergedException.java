package dev.linnet.core.train;

/** A training whose loss became NaN or infinite. The message says where. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message of one line. */
  public DivergedException(String message) {
    super(message);
  }
}
