package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class NchwTest {
  private static final Shape SHAPE = Shape.of(2, 1, 2, 3);
  private static final float[] NHWC = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  @Test
  void channelsComeBeforePixels() {
    assertArrayEquals(new long[] {2, 3, 1, 2}, Nchw.dims(SHAPE));
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12}, Nchw.from(NHWC, SHAPE));
  }

  @Test
  void thereAndBackIsWhatItWas() {
    assertArrayEquals(NHWC, Nchw.back(Nchw.from(NHWC, SHAPE), SHAPE));
  }

  @Test
  void matricesStayAsTheyAre() {
    assertArrayEquals(NHWC, Nchw.from(NHWC, Shape.of(3, 4)));
    assertArrayEquals(new long[] {3, 4}, Nchw.dims(Shape.of(3, 4)));
  }
}
