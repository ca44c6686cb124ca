package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Copies of the tile are made once and counted. */
final class WarmUpTest {
  @Test
  void aCopyIsMadeOnceAndIsWarmWhenItIsHandedOut() {
    VectorTests.assumeUsable();
    try (TileCopies copies = new TileCopies(TileCopies.WORTH)) {
      TileShape shape = TileShape.packed(TileShape.mostRows(2), 2, 64);
      TileCopies.Copy copy = copies.get(shape);
      assertSame(copy, copies.get(shape));
      assertEquals(1, copies.asked());
      assertSame(copy.await(), copy.ifWarm());
      assertEquals(1, copies.warm());
      assertTrue(copies.made().matches("kernels compiled: 1, in [0-9]+\\.[0-9] s"), copies.made());
    }
  }
}
