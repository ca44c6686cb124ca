package dev.linnet.core.exec;

/** Memory of one backend that holds floats. */
public interface Buffer {
  /** The number of floats that fit. */
  int floats();
}
