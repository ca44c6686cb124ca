package dev.linnet.estimate;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Measures how long one image takes: batch 1, everything on one backend, nothing else running. */
public final class Latency {
  private static final int MOST_RUNS = 1000;
  private static final long BURST_NANOS = 20_000_000;

  /** A program that is not compiled yet gets faster for some seconds. */
  private static final long MOST_NANOS = 2_000_000_000L;

  private static final int BURSTS = 5;

  /** A burst that is faster by less than this part is no faster. */
  private static final double SAME = 0.03;

  private static final int ROUNDS = 5;

  /** After so many times a backend's warm-up, networks that still get faster are measured so. */
  private static final int MOST_WARM_UPS = 4;

  private Latency() {}

  /**
   * The time of one run in milliseconds: the median of the last five of several short bursts, of
   * which each is the median of its runs. Bursts go on until the last four are no faster than what
   * was before, so that the Java runtime has compiled what it compiles; that takes about 0.1 s
   * where it has, and 2 s at most.
   *
   * @param inference a graph without updates; its weights do not matter
   */
  public static double milliseconds(Graph inference, Backend backend) {
    Graph one = inference.withBatch(1);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(one, 0);
    try (Program program = Program.compile(one, store)) {
      return settled(program) / 1e6;
    }
  }

  /**
   * The times of one run of several networks in milliseconds, measured in turns, so that a slow
   * moment of the machine meets all of them. Rounds go on until no network has become faster for as
   * long as it takes a backend to warm all of them up, at least five; the median of the last five.
   *
   * @param networks graphs without updates
   * @param stop is asked after every round; true ends with the rounds that there are
   */
  public static double[] milliseconds(List<Graph> networks, Backend backend, BooleanSupplier stop) {
    double quiet = 1e9 * backend.warmUpSeconds() * networks.size();
    long begin = System.nanoTime();
    long since = begin;
    double[] least = new double[networks.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    List<double[]> rounds = new ArrayList<>();
    while (!networks.isEmpty()
        && (rounds.size() < ROUNDS
            || System.nanoTime() - since < quiet
                && System.nanoTime() - begin < MOST_WARM_UPS * quiet)
        && (rounds.isEmpty() || !stop.getAsBoolean())) {
      double[] round =
          networks.stream().mapToDouble(network -> milliseconds(network, backend)).toArray();
      rounds.add(round);
      for (int i = 0; i < round.length; i++) {
        if (round[i] < least[i] * (1 - SAME)) {
          since = System.nanoTime();
          least[i] = round[i];
        }
      }
    }
    List<double[]> last = rounds.subList(Math.max(0, rounds.size() - ROUNDS), rounds.size());
    double[] result = new double[networks.size()];
    for (int i = 0; i < result.length; i++) {
      int network = i;
      double[] values = last.stream().mapToDouble(round -> round[network]).toArray();
      result[i] = median(values, values.length);
    }
    return result;
  }

  private static double settled(Program program) {
    long begin = System.nanoTime();
    List<Double> bursts = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    int since = 0;
    while (bursts.size() < BURSTS || since < BURSTS - 1 && System.nanoTime() - begin < MOST_NANOS) {
      double burst = burst(program);
      bursts.add(burst);
      since = burst < least * (1 - SAME) ? 0 : since + 1;
      least = Math.min(least, burst);
    }
    double[] last =
        bursts.subList(bursts.size() - BURSTS, bursts.size()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return median(last, BURSTS);
  }

  /** The median nanoseconds of the runs of a burst. */
  private static double burst(Program program) {
    double[] times = new double[MOST_RUNS];
    int runs = 0;
    long begin = System.nanoTime();
    long last = begin;
    while (runs < MOST_RUNS && (runs == 0 || last - begin < BURST_NANOS)) {
      program.run();
      program.finish();
      long now = System.nanoTime();
      times[runs++] = now - last;
      last = now;
    }
    return median(times, runs);
  }

  /** The median of the first {@code count} values, which are modified. */
  private static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    return (values[count / 2] + values[(count - 1) / 2]) / 2;
  }
}
