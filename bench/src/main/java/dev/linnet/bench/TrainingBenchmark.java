package dev.linnet.bench;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.core.train.StepSettings;
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

/** One training step, with SGD and Nesterov momentum, of small networks on batches of 64 images. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingBenchmark {
  /** Images of a batch. */
  static final int BATCH = 64;

  private static final int CLASSES = 10;
  private static final int DEPTH = 3;
  private static final int[] WIDTHS = {16, 32, 64};
  private static final int EXPANSION = 4;

  /** The backend. */
  @Param("vector")
  public String backend;

  /** The images, size and channels. */
  @Param({"8 1", "28 1", "32 3"})
  public String images;

  /**
   * "resnet20": three stages of three blocks of two 3×3 convolutions, 16, 32 and 64 wide (He et al.
   * 2016); "inverted": as many inverted residuals with depthwise 3×3.
   */
  @Param({"resnet20", "inverted"})
  public String network;

  private Backend opened;
  private Program program;

  /** Compiles the training graph. */
  @Setup(Level.Trial)
  public void open() {
    opened = BenchmarkBackend.open(backend);
    String[] parts = images.split(" ");
    int size = Integer.parseInt(parts[0]);
    Shape shape = Shape.of(BATCH, size, size, Integer.parseInt(parts[1]));
    Architecture architecture =
        network.equals("resnet20") ? TrainingBenchmark::resnet : TrainingBenchmark::inverted;
    Recipe recipe =
        new Recipe(
            1,
            BATCH,
            new Optimizer.NesterovSgd(0.9f, 1e-4f),
            new Schedule.Constant(0.01f),
            0,
            1,
            Augmentation.NONE,
            0);
    ParameterStore store = new ParameterStore(opened);
    Graph graph =
        Networks.training(
            architecture, shape, dev.linnet.core.nn.Mode.TRAINING, Weights.own(), recipe);
    store.initialize(graph, 1);
    program = Program.compile(graph, store);
    RandomStream random = RandomStream.of(1, "images");
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    float[] labels = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    program.set(Networks.IMAGES, pixels);
    program.set(Networks.LABELS, labels);
    new StepSettings(recipe, 1).apply(program, 0, 100);
  }

  /** Closes everything. */
  @TearDown(Level.Trial)
  public void close() {
    program.close();
    opened.close();
  }

  /** One step. */
  @Benchmark
  public void step() {
    program.run();
  }

  private static Node resnet(NetworkBuilder n, Node x) {
    Node y = n.convBnAct("stem", x, WIDTHS[0], 3, 1, Function.RELU);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < DEPTH; block++) {
        String name = "s" + stage + "b" + block;
        int stride = stage > 0 && block == 0 ? 2 : 1;
        Node inner = n.convBnAct(name + "a", y, WIDTHS[stage], 3, stride, Function.RELU);
        inner = n.batchNorm(name + "b/bn", n.conv(name + "b", inner, WIDTHS[stage], 3, 1));
        Node skip = stride == 1 ? y : n.conv(name + "skip", y, WIDTHS[stage], 1, 2);
        y = n.activation(Function.RELU, n.add(inner, skip));
      }
    }
    return n.classifier("classifier", y, CLASSES);
  }

  private static Node inverted(NetworkBuilder n, Node x) {
    Node y = n.convBnAct("stem", x, WIDTHS[0], 3, 1, Function.RELU6);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < DEPTH; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String name = "s" + stage + "b" + block;
        y = n.invertedResidual(name, y, WIDTHS[stage], 3, stride, EXPANSION, Function.RELU6, false);
      }
    }
    return n.classifier("classifier", y, CLASSES);
  }
}
