package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvolutionsTest {
  private static final int CHANNELS = 64;
  private static final int SIZE = 64;

  // A block of conv_128x64: after each slice of the summands a barrier; one before the first, and
  // two
  // for each of the 8 rounds that store its results.
  private static final int BLOCK = 128 * 64;
  private static final int SLICE = 8;
  private static final int OTHER_BARRIERS = 1 + 2 * 8;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void backwardMultipliesNoMoreThanForwardWhateverTheStride(int stride) {
    StandIn.assumeLoaded();
    Conv2d conv = new Conv2d(Window.square(4, stride, 1, 1), 1);
    Shape weights = Shape.of(CHANNELS, CHANNELS, 4, 4);
    Shape x = Shape.of(1, SIZE, SIZE, CHANNELS);
    Shape dy = conv.shape(List.of(x, weights));
    long blocks = SIZE * SIZE / 128; // the image is divided evenly among the phases
    long multiplied =
        (barriers(new Conv2d.InputGradient(conv, SIZE, SIZE), dy, weights)
                - blocks * OTHER_BARRIERS)
            * BLOCK
            * SLICE;
    int taps = 16 / (stride * stride); // of 16, those that a pixel meets
    assertEquals((long) SIZE * SIZE * taps * CHANNELS * CHANNELS, multiplied);
  }

  /** The barriers that blocks pass for an operation. */
  private static long barriers(Op op, Shape map, Shape weights) {
    try (Backend backend = new CudaBackend("cuda", "stand-in", 0, Precision.FP32)) {
      Layout in = new Layout(map, map.dim(-1), 0);
      Shape shape = op.shape(List.of(map, weights));
      Layout out = new Layout(shape, shape.dim(-1), 0);
      Kernel kernel = backend.kernel(new OpKey(op, List.of(in, Layout.dense(weights)), out));
      List<Buffer> inputs =
          List.of(backend.allocate(in.floats()), backend.allocate(weights.size()));
      Args args =
          new Args(
              inputs,
              backend.allocate(out.floats()),
              backend.allocate(kernel.prepared()),
              backend.allocate(kernel.workspace()));
      kernel.prepare(args);
      backend.finish();
      long before = StandIn.barriers();
      kernel.run(args);
      backend.finish();
      return StandIn.barriers() - before;
    }
  }
}
