package dev.linnet.bench.gpu;

import dev.linnet.core.exec.Backend;

/**
 * Times something again and again: samples of several runs, each long enough for the clock.
 *
 * @param samples how many at most
 * @param seconds that a sample lasts at least
 * @param budget seconds for all samples; one is taken whatever it costs
 */
record Sampler(int samples, double seconds, double budget) {
  private static final int MOST_RUNS = 1000;
  private static final double SLOW = 0.2;
  private static final int WARM_UPS = 3;

  static Sampler thorough() {
    return new Sampler(21, 2e-3, 3);
  }

  static Sampler quick() {
    return new Sampler(7, 0.5e-3, 0.5);
  }

  /**
   * Times a launch. A device that can record launches starts all runs of a sample with one call, so
   * that the host does not hold it up.
   *
   * @param once enqueues one run; the same launches on the same buffers every time
   */
  Samples launches(Backend backend, Clock clock, Runnable once) {
    double estimate = warmUp(clock, once);
    int runs = runs(estimate);
    try (Backend.Replay replay = backend.replay(() -> repeat(runs, once))) {
      if (estimate < SLOW) {
        clock.seconds(replay::run); // makes them
        clock.seconds(replay::run); // records them
      }
      return take(clock, replay::run, runs, estimate);
    }
  }

  /** Times something that records its launches by itself, or is too large to matter. */
  Samples runs(Clock clock, Runnable once) {
    double estimate = warmUp(clock, once);
    int runs = runs(estimate);
    return take(clock, () -> repeat(runs, once), runs, estimate);
  }

  /** Some runs, the last of which says how long one takes. */
  private static double warmUp(Clock clock, Runnable once) {
    double estimate = clock.seconds(once);
    for (int i = 1; i < WARM_UPS && estimate < SLOW; i++) {
      estimate = clock.seconds(once);
    }
    return estimate;
  }

  /** So many that they last long enough. */
  int runs(double estimate) {
    return (int) Math.max(1, Math.min(MOST_RUNS, Math.ceil(seconds / Math.max(1e-9, estimate))));
  }

  private Samples take(Clock clock, Runnable run, int runs, double estimate) {
    double each = Math.max(1e-9, runs * estimate);
    double[] times = new double[(int) Math.max(1, Math.min(samples, budget / each))];
    for (int i = 0; i < times.length; i++) {
      times[i] = clock.seconds(run);
    }
    return Samples.of(runs, times);
  }

  private static void repeat(int count, Runnable run) {
    for (int i = 0; i < count; i++) {
      run.run();
    }
  }
}
