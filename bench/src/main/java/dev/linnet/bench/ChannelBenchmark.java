package dev.linnet.bench;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What lies between convolutions: batch norm, activations, sums, pools; bound by memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ChannelBenchmark {
  private static final Shape X = Shape.of(32, 16, 16, 32);
  private static final Shape PAIR = Shape.of(2, 32);
  private static final float EPSILON = 1e-5f;

  /** The backend. */
  @Param("vector")
  public String backend;

  /** The operation, on x {@code [32, 16, 16, 32]}. */
  @Param({
    "moments",
    "norm",
    "normAffineGradient",
    "normInputGradient",
    "relu",
    "siluGradient",
    "add",
    "maxPool",
    "maxPoolGradient"
  })
  public String operation;

  private Backend opened;
  private KernelRun run;

  /** Prepares the kernel. */
  @Setup(Level.Trial)
  public void open() {
    opened = BenchmarkBackend.open(backend);
    Window window = Window.same(3, 2);
    run =
        switch (operation) {
          case "moments" -> new KernelRun(opened, new BatchMoments(), List.of(X), List.of());
          case "norm" ->
              new KernelRun(opened, new BatchNorm(EPSILON), List.of(X), List.of(PAIR, PAIR));
          case "normAffineGradient" ->
              new KernelRun(
                  opened, new BatchNorm.AffineGradient(EPSILON), List.of(X, X), List.of(PAIR));
          case "normInputGradient" ->
              new KernelRun(
                  opened,
                  new BatchNorm.InputGradient(EPSILON, true),
                  List.of(X, X),
                  List.of(PAIR, PAIR, PAIR));
          case "relu" ->
              new KernelRun(
                  opened, new Activation(Activation.Function.RELU), List.of(X), List.of());
          case "siluGradient" ->
              new KernelRun(
                  opened,
                  new Activation.InputGradient(Activation.Function.SILU),
                  List.of(X, X),
                  List.of());
          case "add" -> new KernelRun(opened, new Add(), List.of(X, X), List.of());
          case "maxPool" -> new KernelRun(opened, new MaxPool2d(window), List.of(X), List.of());
          case "maxPoolGradient" ->
              new KernelRun(
                  opened,
                  new MaxPool2d.InputGradient(window),
                  List.of(Shape.of(32, 8, 8, 32), X),
                  List.of());
          default -> throw new IllegalArgumentException("unknown operation " + operation);
        };
  }

  /** Closes the backend. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  /** One launch. */
  @Benchmark
  public void run() {
    run.run();
  }
}
