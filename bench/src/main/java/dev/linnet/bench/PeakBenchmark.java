package dev.linnet.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The peak of one core: multiply-adds that touch nothing but registers, twelve independent ones at
 * a time, which hides their latency and fits the registers of every CPU.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PeakBenchmark {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 10_000;
  private static final int SUMS = 12;

  /** Changed by nobody, but the compiler does not know. */
  public float factor = 0.999f;

  /** Multiply-accumulates of one call. */
  static long macs() {
    return (long) ROUNDS * SUMS * S.length();
  }

  /** The loop. */
  @Benchmark
  public float peak() {
    FloatVector x = FloatVector.broadcast(S, factor);
    FloatVector y = FloatVector.broadcast(S, 1 - factor);
    FloatVector s0 = y;
    FloatVector s1 = y.add(1);
    FloatVector s2 = y.add(2);
    FloatVector s3 = y.add(3);
    FloatVector s4 = y.add(4);
    FloatVector s5 = y.add(5);
    FloatVector s6 = y.add(6);
    FloatVector s7 = y.add(7);
    FloatVector s8 = y.add(8);
    FloatVector s9 = y.add(9);
    FloatVector s10 = y.add(10);
    FloatVector s11 = y.add(11);
    int i = 0;
    do {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
    } while (++i < ROUNDS);
    s0 = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    return s0.add(s8.add(s9).add(s10.add(s11))).reduceLanes(VectorOperators.ADD);
  }
}
