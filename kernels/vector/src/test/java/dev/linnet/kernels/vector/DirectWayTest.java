package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostBuffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Copies of the tile for one pixel stride come to life while a network trains: results must not
 * change by a bit when they do. The panel way is held to the reference by {@link
 * VectorBackendTest}.
 */
final class DirectWayTest {
  private static TileCopies copies;
  private static VectorBackend direct;
  private static VectorBackend panels;

  @BeforeAll
  static void open() {
    VectorTests.assumeUsable();
    copies = new TileCopies(0);
    direct = new VectorBackend(1, copies);
    panels = new VectorBackend(1, new TileCopies(Long.MAX_VALUE));
  }

  @AfterAll
  static void close() {
    if (direct != null) {
      direct.close();
      panels.close();
    }
  }

  private record Case(int size, int in, int out, int kernel, int stride, int dilation) {
    Window window() {
      return Window.square(kernel, stride, dilation * (kernel / 2), dilation);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(8, 16, 16, 3, 1, 1),
        new Case(14, 24, 40, 3, 1, 1),
        new Case(7, 24, 48, 1, 1, 1),
        new Case(16, 3, 17, 3, 1, 1),
        new Case(17, 13, 33, 3, 2, 1),
        new Case(9, 16, 24, 5, 1, 2),
        new Case(11, 5, 3, 3, 1, 1), // one vector of output channels: taps within
        new Case(13, 16, 16, 5, 1, 1),
        new Case(9, 16, 7, 3, 1, 2),
        new Case(28, 1, 8, 5, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aConvolutionHasTheSameBitsInBothWays(Case c) {
    Shape x = Shape.of(2, c.size, c.size, c.in);
    compare(new Conv2d(c.window(), 1), x, Shape.of(c.out, c.in, c.kernel, c.kernel));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anInputGradientHasTheSameBitsInBothWays(Case c) {
    int size = c.window().outputHeight(c.size);
    Shape dy = Shape.of(2, size, size, c.out);
    Op gradient = new Conv2d.InputGradient(new Conv2d(c.window(), 1), c.size, c.size);
    compare(gradient, dy, Shape.of(c.out, c.in, c.kernel, c.kernel));
  }

  private static void compare(Op op, Shape x, Shape w) {
    Shape y = op.shape(List.of(x, w));
    Layout in = new Layout(x, direct.channelStride(x.dim(3)), direct.border(op, 0, x));
    OpKey key =
        new OpKey(
            op, List.of(in, Layout.dense(w)), new Layout(y, direct.channelStride(y.dim(3)), 1));
    float[] values = new float[in.floats()];
    RandomStream random = RandomStream.of(1, "x");
    for (int n = 0; n < x.dim(0); n++) {
      for (int h = 0; h < x.dim(1); h++) {
        for (int v = 0; v < x.dim(2); v++) {
          for (int c = 0; c < x.dim(3); c++) {
            values[in.index(n, h, v) + c] = random.nextFloat() - 0.5f;
          }
        }
      }
    }
    float[] weights = new float[w.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    int before = copies.asked();
    float[] actual = run(direct, key, values, weights);
    assertTrue(copies.asked() > 0 && copies.asked() >= before);
    assertArrayEquals(run(panels, key, values, weights), actual, key.toString());
  }

  /** The real channels of the result. */
  private static float[] run(VectorBackend backend, OpKey key, float[] x, float[] w) {
    Kernel kernel = backend.kernel(key);
    float[] y = new float[key.output().floats()];
    Args args =
        new Args(
            List.of(new HostBuffer(x), new HostBuffer(w)),
            new HostBuffer(y),
            new HostBuffer(new float[kernel.prepared()]),
            new HostBuffer(new float[kernel.workspace()]));
    kernel.prepare(args);
    kernel.run(args);
    int stride = key.output().channelStride();
    for (int pixel = 0; pixel < y.length; pixel += stride) {
      Arrays.fill(y, pixel + key.output().channels(), pixel + stride, 0);
    }
    return y;
  }
}
