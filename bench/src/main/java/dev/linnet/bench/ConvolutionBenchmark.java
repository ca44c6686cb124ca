package dev.linnet.bench;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Op;
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

/** Convolutions and their gradients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  /** The backend. */
  @Param("vector")
  public String backend;

  /** Batch, size, input and output channels, kernel, stride; "dw" for depthwise. */
  @Param({
    "1 28 64 64 3 1",
    "1 14 128 128 3 1",
    "16 8 64 64 3 1",
    "32 16 32 32 3 1",
    "32 32 16 16 3 1",
    "32 14 64 64 1 1",
    "32 16 32 64 3 2",
    "32 32 3 16 3 1",
    "32 14 64 dw 3 1",
    "32 14 128 dw 5 2"
  })
  public String shape;

  /** What is computed. */
  @Param({"forward", "inputGradient", "weightGradient"})
  public String pass;

  private Backend opened;
  private KernelRun run;

  /** Prepares the kernel. */
  @Setup(Level.Trial)
  public void open() {
    opened = BenchmarkBackend.open(backend);
    run = kernel(opened, shape, pass);
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

  static KernelRun kernel(Backend backend, String shape, String pass) {
    String[] parts = shape.split(" ");
    int batch = Integer.parseInt(parts[0]);
    int size = Integer.parseInt(parts[1]);
    int in = Integer.parseInt(parts[2]);
    boolean depthwise = parts[3].equals("dw");
    int out = depthwise ? in : Integer.parseInt(parts[3]);
    int kernel = Integer.parseInt(parts[4]);
    Window window = Window.same(kernel, Integer.parseInt(parts[5]));
    Conv2d conv = new Conv2d(window, depthwise ? in : 1);
    int outSize = window.outputHeight(size);
    Shape x = Shape.of(batch, size, size, in);
    Shape w = Shape.of(out, depthwise ? 1 : in, kernel, kernel);
    Shape dy = Shape.of(batch, outSize, outSize, out);
    Op op =
        switch (pass) {
          case "forward" -> conv;
          case "inputGradient" -> new Conv2d.InputGradient(conv, size, size);
          case "weightGradient" -> new Conv2d.WeightGradient(conv);
          default -> throw new IllegalArgumentException("unknown pass " + pass);
        };
    return switch (pass) {
      case "forward" -> new KernelRun(backend, op, List.of(x), List.of(w));
      case "inputGradient" -> new KernelRun(backend, op, List.of(dy), List.of(w));
      default -> new KernelRun(backend, op, List.of(dy, x), List.of());
    };
  }
}
