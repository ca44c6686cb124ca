package dev.linnet.bench;

import dev.linnet.bench.cases.Cases;
import dev.linnet.bench.cases.Prepared;
import dev.linnet.bench.ceiling.Ceilings;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One case of {@link Cases}. Before and after every iteration the ceilings of the fork are measured
 * right beside, and after it the bytes that one run allocates.
 */
@State(Scope.Benchmark) // the counters share it, and there is one thread
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CaseBenchmark {
  /** The system property with the number of threads of the backend. */
  static final String THREADS = "linnet.bench.threads";

  /** The system property that makes a fork say which backend it has. */
  static final String VERBOSE = "linnet.bench.verbose";

  /** The system property with the file of the model whose inference is measured. */
  static final String MODEL = "linnet.bench.model";

  /** The backend: a name that is not {@code auto}, so that nothing falls back unseen. */
  @Param("scalar")
  public String backend;

  /** The name of the case. */
  @Param("add/32@16x16/n32")
  public String name;

  private Backend opened;
  private Prepared prepared;
  private Ceilings ceilings;
  private long flops;
  private long bytes;
  private double gflops;
  private double gigabytes;
  private double allocated;

  /** What is measured beside the time; of an iteration each. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Beside {
    private CaseBenchmark of;

    /** Makes it known whose figures these are. */
    @Setup(Level.Trial)
    public void of(CaseBenchmark benchmark) {
      of = benchmark;
    }

    /** GFLOP/s of the register-only loop. */
    public double peak() {
      return of.gflops;
    }

    /** GB/s of the triad. */
    public double triad() {
      return of.gigabytes;
    }

    /** Bytes that one run allocates on the heap. */
    public double allocated() {
      return of.allocated;
    }

    /** Floating-point operations of a run. */
    public double flops() {
      return of.flops;
    }

    /** Bytes that a run has to move. */
    public double bytes() {
      return of.bytes;
    }

    /** Bits of a vector register. */
    public double bits() {
      return of.ceilings.bits();
    }
  }

  /** Opens the backend and makes the case ready. */
  @Setup(Level.Trial)
  public void open() {
    int threads = Integer.getInteger(THREADS, 1);
    opened = Backends.open(backend, new BackendProvider.Options(threads), line -> {});
    if (Boolean.getBoolean(VERBOSE)) {
      System.out.println("# backend: " + opened.description());
    }
    String model = System.getProperty(MODEL);
    prepared = Cases.named(name, model == null ? null : Path.of(model)).prepare(opened);
    flops = prepared.flops();
    bytes = prepared.bytes();
    ceilings = new Ceilings(threads, prepared.footprint());
  }

  /** The ceilings before an iteration. */
  @Setup(Level.Iteration)
  public void before() {
    gflops = ceilings.gflops();
    gigabytes = ceilings.gigabytes();
  }

  /** The ceilings after it: what counts is their mean. */
  @TearDown(Level.Iteration)
  public void after() {
    gflops = (gflops + ceilings.gflops()) / 2;
    gigabytes = (gigabytes + ceilings.gigabytes()) / 2;
    allocated = Allocations.of(prepared::run);
  }

  /** Closes everything. */
  @TearDown(Level.Trial)
  public void close() {
    prepared.close();
    opened.close();
  }

  /** One run. */
  @Benchmark
  public void run(Beside beside) {
    prepared.run();
  }
}
