package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The error of Winograd's way and where it is taken. Layouts, sizes, what follows and threads are
 * the business of {@link VectorBackendTest}.
 */
final class WinogradTest {
  /** The largest error of an output, relative to the largest output. Measured: below 3e-6. */
  private static final double ERROR = 5e-6;

  private static VectorBackend backend;
  private static Backend reference;

  @BeforeAll
  static void open() {
    VectorTests.assumeUsable();
    backend = new VectorBackend(1, new TileCopies(TileCopies.WORTH));
    reference = new ScalarBackend(1);
  }

  @AfterAll
  static void close() {
    if (backend != null) {
      backend.close();
      reference.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 32, 2", "32, 16, 3", "64, 8, 4", "64, 28, 1", "128, 14, 1", "256, 14, 1"})
  void errorsStayBelowFiveMillionthsOfTheLargestOutput(int channels, int size, int images) {
    Shape x = Shape.of(images, size, size, channels);
    Shape w = Shape.of(channels, channels, 3, 3);
    Shape bias = Shape.of(channels);
    assertSmallError(Winograd.class, convolution(3, 1, 1), List.of(x, w, bias));
  }

  @ParameterizedTest
  @CsvSource({
    "32, 24, 16, 2",
    "32, 16, 16, 3",
    "40, 64, 11, 4",
    "64, 48, 14, 1",
    "128, 128, 14, 1"
  })
  void errorsInTrainingStayBelowFiveMillionthsOfTheLargest(int in, int out, int size, int images) {
    Conv2d conv = new Conv2d(Window.same(3, 1), 1);
    Shape x = Shape.of(images, size, size, in);
    Shape y = Shape.of(images, size, size, out);
    Shape w = Shape.of(out, in, 3, 3);
    assertSmallError(Winograd.class, conv, List.of(x, w));
    assertSmallError(Winograd.class, new Conv2d.InputGradient(conv, size, size), List.of(y, w));
  }

  @ParameterizedTest
  @CsvSource({
    "16, 16, 32, 8",
    "32, 24, 17, 16",
    "40, 64, 11, 16",
    "64, 64, 8, 64",
    "128, 96, 14, 8"
  })
  void errorsOfGradientsOfWeightsStayBelowFiveMillionthsOfTheLargest(
      int in, int out, int size, int images) {
    Conv2d conv = new Conv2d(Window.same(3, 1), 1);
    Shape x = Shape.of(images, size, size, in);
    Shape dy = Shape.of(images, size, size, out);
    assertSmallError(WinogradWeightGradient.class, new Conv2d.WeightGradient(conv), List.of(dy, x));
  }

  private static void assertSmallError(
      Class<? extends HostKernel> kernel, Op op, List<Shape> shapes) {
    assertInstanceOf(kernel, backend.own(key(backend, op, shapes)));
    float[] expected = run(reference, op, shapes);
    float[] actual = run(backend, op, shapes);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
    }
    assertTrue(error <= ERROR * largest, error / largest + " of the largest output");
  }

  @Test
  void isTakenByNoOtherConvolution() {
    Shape x = Shape.of(4, 16, 16, 32);
    assertFalse(taken(convolution(1, 1, 1), x, 32));
    assertFalse(taken(convolution(5, 1, 1), x, 32));
    assertFalse(taken(convolution(3, 2, 1), x, 32));
    assertFalse(taken(convolution(3, 1, 2), x, 32));
    assertTrue(taken(convolution(3, 1, 1), x, 32));
  }

  @Test
  void isNotTakenWhereTransformsCostWhatProductsSave() {
    assertFalse(taken(convolution(3, 1, 1), Shape.of(1, 4, 4, 64), 64));
    assertFalse(taken(convolution(3, 1, 1), Shape.of(8, 32, 32, 3), 16));
    assertFalse(taken(convolution(3, 1, 1), Shape.of(1, 7, 7, 512), 512)); // weights
    assertTrue(taken(convolution(3, 1, 1), Shape.of(8, 7, 7, 64), 64));
  }

  @Test
  void isNotTakenWhereTheSumsOfWeightsDoNotStayInACache() {
    Op gradient = new Conv2d.WeightGradient(new Conv2d(Window.same(3, 1), 1));
    for (int channels : new int[] {64, 256}) {
      Shape map = Shape.of(64, 8, 8, channels);
      HostKernel kernel = backend.own(key(backend, gradient, List.of(map, map)));
      assertEquals(channels == 64, kernel instanceof WinogradWeightGradient);
    }
  }

  private static FusedConv2d convolution(int kernel, int stride, int groups) {
    Conv2d conv = new Conv2d(Window.same(kernel, stride), groups);
    return new FusedConv2d(conv, new FusedConv2d.Shift.Bias(), false, Optional.empty());
  }

  private static boolean taken(FusedConv2d op, Shape x, int outputs) {
    int taps = op.conv().window().kernelHeight();
    Shape w = Shape.of(outputs, x.dim(3) / op.conv().groups(), taps, taps);
    Shape bias = Shape.of(outputs);
    return backend.own(key(backend, op, List.of(x, w, bias))) instanceof Winograd;
  }

  /** Maps with the channel strides and borders that a plan would choose, the result with one. */
  private static OpKey key(Backend backend, Op op, List<Shape> shapes) {
    List<Layout> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      inputs.add(
          isMap(op, i)
              ? new Layout(shape, backend.channelStride(shape.dim(3)), backend.border(op, i, shape))
              : Layout.dense(shape));
    }
    Shape y = op.shape(shapes);
    Layout output =
        op instanceof Conv2d.WeightGradient
            ? Layout.dense(y)
            : new Layout(y, backend.channelStride(y.dim(3)), 1);
    return new OpKey(op, inputs, output);
  }

  private static boolean isMap(Op op, int input) {
    return input == 0 || op instanceof Conv2d.WeightGradient;
  }

  /** The dense result for values between −1 and 1. */
  private static float[] run(Backend backend, Op op, List<Shape> shapes) {
    OpKey key = key(backend, op, shapes);
    Kernel kernel = backend.kernel(key);
    List<Buffer> inputs = new ArrayList<>();
    for (Layout layout : key.inputs()) {
      float[] values = new float[layout.shape().size()];
      RandomStream random = RandomStream.of(inputs.size(), "values");
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      inputs.add(backend.allocate(layout.floats()));
      backend.upload(values, layout, inputs.get(inputs.size() - 1));
    }
    Buffer y = backend.allocate(key.output().floats());
    Buffer prepared = backend.allocate(Math.max(1, kernel.prepared()));
    Buffer workspace = backend.allocate(Math.max(1, kernel.workspace()));
    Args args = new Args(inputs, y, prepared, workspace);
    kernel.prepare(args);
    kernel.run(args);
    float[] values = new float[key.output().shape().size()];
    backend.download(y, key.output(), values);
    return values;
  }
}
