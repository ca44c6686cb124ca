package dev.linnet.estimate;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import java.util.Arrays;

/** Measures how long one image takes: batch 1, everything on one backend, nothing else running. */
public final class Latency {
  private static final int MOST_RUNS = 2000;
  private static final long WARM_UP_NANOS = 150_000_000;
  private static final long MEASURED_NANOS = 150_000_000;

  private Latency() {}

  /**
   * The median time of one run in milliseconds, over at most 0.15 s after 0.15 s of warm-up.
   *
   * @param inference a graph without updates; its weights do not matter
   */
  public static double milliseconds(Graph inference, Backend backend) {
    Graph one = inference.withBatch(1);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(one, 0);
    try (Program program = Program.compile(one, store)) {
      time(program, WARM_UP_NANOS);
      return time(program, MEASURED_NANOS) / 1e6;
    }
  }

  /** The median nanoseconds of a run. */
  private static double time(Program program, long nanos) {
    long[] times = new long[MOST_RUNS];
    int runs = 0;
    long begin = System.nanoTime();
    long last = begin;
    while (runs < MOST_RUNS && (runs == 0 || last - begin < nanos)) {
      program.run();
      long now = System.nanoTime();
      times[runs++] = now - last;
      last = now;
    }
    Arrays.sort(times, 0, runs);
    return (times[runs / 2] + times[(runs - 1) / 2]) / 2.0;
  }
}
