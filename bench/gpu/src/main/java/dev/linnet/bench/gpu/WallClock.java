package dev.linnet.bench.gpu;

import dev.linnet.core.exec.Backend;

/** The host's clock, from before the first launch until the device has finished the last one. */
public final class WallClock implements Clock {
  private static final double NANO = 1e-9;

  private final Backend backend;

  /** Waits for this backend. */
  public WallClock(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "the host's clock, launches included";
  }

  @Override
  public double seconds(Runnable launches) {
    backend.finish();
    long start = System.nanoTime();
    launches.run();
    backend.finish();
    return NANO * (System.nanoTime() - start);
  }
}
