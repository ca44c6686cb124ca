package dev.linnet.bench.peers;

import dev.linnet.bench.ceiling.Ceilings;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets two engines take turns on one case, in one process: after a warm-up, rounds in which each
 * runs for a slice of time, the first one alternating. What disturbs the machine disturbs both, and
 * each round gives one ratio.
 */
final class Duel {
  private static final double NANOS = 1e9;
  private static final long WINDOW_NANOS = 100_000_000L;

  /**
   * Windows without a change: longer than the compiler works on one method, which it says later.
   */
  private static final int STEADY_WINDOWS = 20;

  private static final double STEADY = 0.98;
  private static final long IDLE_MILLIS = 20; // of compiling in the steady windows

  /** Workers of all engines spin for a while after a run; on few cores that slows the next one. */
  private static final long SETTLE_NANOS = 10_000_000L;

  private final int rounds;
  private final double sliceNanos;
  private final double warmUpNanos;
  private final double longestWarmUpNanos;
  private final Ceilings ceilings;

  private Duel(int rounds, double slice, double warmUp, double longestWarmUp, Ceilings ceilings) {
    this.rounds = rounds;
    this.sliceNanos = slice * NANOS;
    this.warmUpNanos = warmUp * NANOS;
    this.longestWarmUpNanos = longestWarmUp * NANOS;
    this.ceilings = ceilings;
  }

  /** 21 rounds of 40 ms for either engine: the interval is that of ranks 6 and 16. */
  static Duel thorough(Ceilings ceilings) {
    return new Duel(21, 0.04, 1, 30, ceilings);
  }

  /** 9 rounds of 15 ms. */
  static Duel quick(Ceilings ceilings) {
    return new Duel(9, 0.015, 0.5, 15, ceilings);
  }

  /** Runs a case. */
  Comparison fight(Case each) {
    try (Contender linnet = each.linnet().get();
        Contender peer = each.peer().get()) {
      linnet.run();
      peer.run();
      Agreement.Difference difference = Agreement.of(linnet.results(), peer.results());
      warmUp(linnet);
      int linnetRuns = runs(linnet, 3);
      int peerRuns = runs(peer, 5);
      double[] linnetSeconds = new double[rounds];
      double[] peerSeconds = new double[rounds];
      double[] ratios = new double[rounds];
      double[] peaks = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        if (i % 2 == 0) {
          linnetSeconds[i] = seconds(linnet, linnetRuns, each.threads());
          peerSeconds[i] = seconds(peer, peerRuns, each.threads());
        } else {
          peerSeconds[i] = seconds(peer, peerRuns, each.threads());
          linnetSeconds[i] = seconds(linnet, linnetRuns, each.threads());
        }
        ratios[i] = peerSeconds[i] / linnetSeconds[i];
        peaks[i] = ceilings.gflops();
      }
      return new Comparison(
          each,
          each.quantity() / Statistics.median(linnetSeconds).median(),
          each.quantity() / Statistics.median(peerSeconds).median(),
          Statistics.median(ratios),
          Statistics.median(peaks).median(),
          difference);
    }
  }

  /** Runs until the compiler has nothing more to do and the times no longer fall. */
  private void warmUp(Contender contender) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    double least = Math.max(warmUpNanos, contender.warmUpSeconds() * NANOS);
    long start = System.nanoTime();
    double reference = Double.POSITIVE_INFINITY; // many small steps are to be seen as well
    int steady = 0;
    long compiled = compiler.getTotalCompilationTime();
    while (System.nanoTime() - start < longestWarmUpNanos
        && (System.nanoTime() - start < least || steady < STEADY_WINDOWS)) {
      double nanos = window(contender);
      boolean faster = nanos < STEADY * reference;
      boolean compiling = compiler.getTotalCompilationTime() - compiled > IDLE_MILLIS;
      if (faster || compiling) {
        reference = Math.min(reference, nanos);
        steady = 0;
        compiled = compiler.getTotalCompilationTime();
      } else {
        steady++;
      }
    }
  }

  /** The mean time of one run in a window. */
  private static double window(Contender contender) {
    long start = System.nanoTime();
    int runs = 0;
    do {
      contender.run();
      runs++;
    } while (System.nanoTime() - start < WINDOW_NANOS);
    return (double) (System.nanoTime() - start) / runs;
  }

  /** How many runs fill a slice, by the fastest of some windows. */
  private int runs(Contender contender, int windows) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < windows; i++) {
      best = Math.min(best, window(contender));
    }
    return (int) Math.max(1, Math.ceil(sliceNanos / best));
  }

  /** The mean time of one run in a slice, after one run that brings its data into the caches. */
  private static double seconds(Contender contender, int runs, int threads) {
    if (threads > 1) {
      LockSupport.parkNanos(SETTLE_NANOS);
    }
    contender.run();
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      contender.run();
    }
    return (System.nanoTime() - start) / NANOS / runs;
  }
}
