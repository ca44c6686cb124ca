package dev.linnet.core.train;

/** The learning rate over the course of a training. */
public sealed interface Schedule {
  /**
   * The rate of a step.
   *
   * @param progress the steps done before it, as a fraction of all: in [0, 1)
   */
  float rate(double progress);

  /**
   * Linear warm-up to the peak, then half a cosine down to zero (Loshchilov and Hutter 2017,
   * arXiv:1608.03983, without restarts).
   *
   * @param peak the largest rate
   * @param warmup the fraction of the steps that the rise takes
   */
  record Cosine(float peak, double warmup) implements Schedule {
    /** Checks the ranges. */
    public Cosine {
      check(peak, warmup);
    }

    @Override
    public float rate(double progress) {
      if (progress < warmup) {
        return (float) (peak * (progress / warmup * 0.99 + 0.01));
      }
      return (float) (peak * 0.5 * (1 + Math.cos(Math.PI * (progress - warmup) / (1 - warmup))));
    }
  }

  /**
   * The 1cycle policy (Smith and Topin 2018, arXiv:1708.07120): half a cosine up from {@code peak /
   * 25}, half a cosine down to {@code peak / 10,000}.
   *
   * @param peak the largest rate
   * @param warmup the fraction of the steps that the rise takes
   */
  record OneCycle(float peak, double warmup) implements Schedule {
    /** Checks the ranges. */
    public OneCycle {
      check(peak, warmup);
    }

    @Override
    public float rate(double progress) {
      return progress < warmup
          ? between(peak / 25, peak, progress / warmup)
          : between(peak, peak / 10_000, (progress - warmup) / (1 - warmup));
    }

    private static float between(float from, float to, double done) {
      return (float) (from + (to - from) * 0.5 * (1 - Math.cos(Math.PI * done)));
    }
  }

  /**
   * The same rate throughout.
   *
   * @param peak the rate
   */
  record Constant(float peak) implements Schedule {
    /** Checks the range. */
    public Constant {
      check(peak, 0);
    }

    @Override
    public float rate(double progress) {
      return peak;
    }
  }

  private static void check(float peak, double warmup) {
    if (!(peak > 0) || !(warmup >= 0 && warmup < 1)) {
      throw new IllegalArgumentException(
          "Schedule: the peak must be positive and the warm-up in [0, 1), got "
              + peak
              + ", "
              + warmup);
    }
  }
}
