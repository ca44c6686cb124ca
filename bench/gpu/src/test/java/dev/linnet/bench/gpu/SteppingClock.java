package dev.linnet.bench.gpu;

/** A clock by which every run takes the same time. */
final class SteppingClock implements Clock {
  private final double step;
  private int runs;
  private int measured;

  SteppingClock(double step) {
    this.step = step;
  }

  /** What is timed with it. */
  void run() {
    runs++;
  }

  /** How often something was timed. */
  int measured() {
    return measured;
  }

  /** How many runs there were. */
  int runs() {
    return runs;
  }

  @Override
  public String name() {
    return "a clock of steps";
  }

  @Override
  public double seconds(Runnable launches) {
    measured++;
    int before = runs;
    launches.run();
    return step * (runs - before);
  }
}
