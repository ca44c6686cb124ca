package dev.linnet.bench.gpu;

/** Loops that all take the same time. */
final class SteppingCeilings implements Ceilings {
  static final double FLOPS = 5e6;
  static final long MOST = 1 << 20;

  private final SteppingClock clock;

  SteppingCeilings(double step) {
    this.clock = new SteppingClock(step);
  }

  int measured() {
    return clock.measured();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Load multiplyAdds() {
    return new Load(clock::run, FLOPS);
  }

  @Override
  public long most() {
    return MOST;
  }

  @Override
  public Load copy(long bytes) {
    return new Load(clock::run, bytes);
  }

  @Override
  public void close() {}
}
