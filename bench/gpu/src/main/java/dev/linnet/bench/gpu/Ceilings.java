package dev.linnet.bench.gpu;

/** The loops that say what a device can do at most. */
public interface Ceilings extends AutoCloseable {
  /** Times the loops. */
  Clock clock();

  /** Multiply-adds in registers, two operations each. */
  Load multiplyAdds();

  /** The largest copy that is measured, in bytes read and written: far more than caches hold. */
  long most();

  /**
   * A copy.
   *
   * @param bytes that are read and written together: half of them are copied; a power of two
   */
  Load copy(long bytes);

  @Override
  void close();
}
