package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.kernels.vector.TileMeasurement;
import org.junit.jupiter.api.Test;

class TilesTest {
  @Test
  void theTableMarksWhatTheKernelsTake() {
    assertEquals("rows x vectors  positions   GFLOP/s    peak", Tiles.head());
    assertEquals(
        "14x2                  256      98.8    99 % *",
        Tiles.row(new TileMeasurement(14, 2, 0, 256, true, 98.76, 100, 0.9876)));
    assertEquals(
        "5x1, 3 taps            15      50.0    50 %",
        Tiles.row(new TileMeasurement(5, 1, 3, 15, false, 50, 100, 0.5)));
  }
}
