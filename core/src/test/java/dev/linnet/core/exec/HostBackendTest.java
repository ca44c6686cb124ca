package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.linnet.core.graph.Add;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostBackendTest {
  private static final Layout PADDED = new Layout(Shape.of(1, 1, 2, 3), 4, 1);

  @Test
  void uploadWritesTheInteriorAndClearsPadChannels() {
    try (HostBackend backend = new PaddedBackend(1)) {
      HostBuffer buffer = (HostBuffer) backend.allocate(PADDED.floats());
      Arrays.fill(buffer.array(), 9);
      backend.upload(new float[] {1, 2, 3, 4, 5, 6}, PADDED, buffer);
      float[] expected = new float[3 * 4 * 4];
      Arrays.fill(expected, 9); // the border is not touched
      float[] interior = {1, 2, 3, 0, 4, 5, 6, 0};
      System.arraycopy(interior, 0, expected, PADDED.index(0, 0, 0), 8);
      assertArrayEquals(expected, buffer.array());
    }
  }

  @Test
  void downloadGivesBackWhatWasUploaded() {
    Layout[] layouts = {
      PADDED,
      new Layout(Shape.of(3, 5), 8, 0),
      Layout.dense(Shape.of(2, 3, 5)),
      new Layout(Shape.of(2, 3, 1, 7), 7, 2),
      new Layout(Shape.of(2, 3, 4, 7), 16, 0)
    };
    try (HostBackend backend = new PaddedBackend(1)) {
      for (Layout layout : layouts) {
        float[] values = OpCase.dense(1, layout.shape().dims()).values();
        Buffer buffer = backend.allocate(layout.floats());
        backend.upload(values, layout, buffer);
        float[] back = new float[values.length];
        backend.download(buffer, layout, back);
        assertArrayEquals(values, back, layout.toString());
      }
    }
  }

  @Test
  void equalKeysShareOneKernel() {
    try (HostBackend backend = new ScalarBackend(1)) {
      assertSame(backend.kernel(key(4)), backend.kernel(key(4)));
      assertNotSame(backend.kernel(key(4)), backend.kernel(key(5)));
    }
  }

  private static OpKey key(int size) {
    Layout layout = Layout.dense(Shape.of(size));
    return new OpKey(new Add(), List.of(layout, layout), layout);
  }

  @Test
  void buffersStartAsZeros() {
    try (HostBackend backend = new ScalarBackend(2)) {
      assertEquals(2, backend.threads());
      assertArrayEquals(new float[5], ((HostBuffer) backend.allocate(5)).array());
    }
  }
}
