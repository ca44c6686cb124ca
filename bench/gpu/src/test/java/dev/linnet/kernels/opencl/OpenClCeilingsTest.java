package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.tensor.Shape;
import dev.linnet.kernels.opencl.device.MultiplyAdds;
import org.junit.jupiter.api.Test;

/** The loops do as much as is counted. */
final class OpenClCeilingsTest {
  private static final int ITEMS = 128;
  private static final int GROUP = 64;
  private static final int ROUNDS = 3;
  private static final int SUMS = 16;
  private static final long MOST = 1 << 16;

  private static OpenClCeilings open() {
    assumeTrue(OpenCl.missing() == null, () -> OpenCl.missing());
    return new OpenClCeilings(OpenCl.devices().get(0), ITEMS, ROUNDS, MOST);
  }

  @Test
  void everySumHasAllOfItsMultiplyAdds() {
    try (OpenClCeilings ceilings = open()) {
      DeviceBuffer y = ceilings.memory().take(ITEMS);
      double seconds = ceilings.clock().seconds(ceilings.multiplyAdds(y));
      assertTrue(seconds > 0, seconds + " s");
      float[] sums = new float[ITEMS];
      new Transfers(ceilings.memory()).down(y, Layout.dense(Shape.of(ITEMS)), sums, 0);
      for (int i = 0; i < ITEMS; i++) {
        float expected = 0;
        for (int s = 0; s < SUMS; s++) {
          float value = i % GROUP + s;
          for (int step = 0; step < ROUNDS * MultiplyAdds.A_ROUND / SUMS; step++) {
            value = Math.fma(value, OpenClCeilings.FACTOR, OpenClCeilings.SUMMAND);
          }
          expected += value;
        }
        assertEquals(expected, sums[i], 1e-5f * expected, "item " + i);
      }
      assertEquals(2.0 * ITEMS * ROUNDS * MultiplyAdds.A_ROUND, ceilings.multiplyAdds().amount());
    }
  }

  @Test
  void theCopyCopiesAll() {
    int floats = 1000;
    try (OpenClCeilings ceilings = open()) {
      Transfers transfers = new Transfers(ceilings.memory());
      Layout layout = Layout.dense(Shape.of(floats));
      DeviceBuffer x = ceilings.memory().take(floats);
      DeviceBuffer y = ceilings.memory().take(floats);
      float[] values = new float[floats];
      for (int i = 0; i < floats; i++) {
        values[i] = i + 1;
      }
      transfers.up(values, 0, layout, x);
      ceilings.copy(x, y).run();
      float[] copied = new float[floats];
      transfers.down(y, layout, copied, 0);
      assertArrayEquals(values, copied);
      assertEquals(MOST, ceilings.copy(MOST).amount());
    }
  }
}
