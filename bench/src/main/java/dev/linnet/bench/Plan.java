package dev.linnet.bench;

import dev.linnet.bench.cases.Case;
import dev.linnet.bench.cases.ModelCase;
import dev.linnet.bench.cases.NetworkCase;
import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a case is run.
 *
 * @param warmups iterations that do not count
 * @param warmupMillis of each of them
 * @param iterations that count
 * @param millis of each of them
 */
record Plan(int warmups, int warmupMillis, int iterations, int millis) {
  private static final Plan KERNEL = new Plan(5, 500, 7, 300);
  private static final Plan QUICK_KERNEL = new Plan(3, 400, 5, 100);
  private static final Plan NETWORK = new Plan(4, 3000, 5, 1000);
  private static final Plan QUICK_NETWORK = new Plan(3, 1500, 5, 300);
  private static final double OVERHEAD_SECONDS = 3.2; // the JVM, the ceilings, making ready

  /** The plan of a case: networks have many kernels to be compiled. */
  static Plan of(Case each, boolean quick) {
    if (each instanceof NetworkCase || each instanceof ModelCase) {
      return quick ? QUICK_NETWORK : NETWORK;
    }
    return quick ? QUICK_KERNEL : KERNEL;
  }

  /** About how long all of them take, in seconds. */
  static double seconds(List<Case> cases, boolean quick) {
    return cases.stream().mapToDouble(each -> of(each, quick).seconds()).sum();
  }

  private double seconds() {
    return OVERHEAD_SECONDS + (warmups * warmupMillis + iterations * millis) / 1e3;
  }

  TimeValue warmup() {
    return TimeValue.milliseconds(warmupMillis);
  }

  TimeValue measurement() {
    return TimeValue.milliseconds(millis);
  }
}
