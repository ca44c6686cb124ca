package dev.linnet.bench.gpu;

/** Measures how long a device takes for what is launched on it. */
public interface Clock extends AutoCloseable {
  /** Which clock it is, for the reader of its figures. */
  String name();

  /**
   * Launches, and waits for the device.
   *
   * @param launches enqueues work on the device
   * @return how long that took it, in seconds
   */
  double seconds(Runnable launches);

  @Override
  default void close() {}
}
