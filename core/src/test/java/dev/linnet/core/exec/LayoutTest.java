package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final Layout IMAGES = new Layout(Shape.of(2, 3, 5, 6), 8, 2);

  @Test
  void stridesCountPadChannelsAndBorders() {
    assertEquals((5 + 2 * 2) * 8, IMAGES.rowStride());
    assertEquals((3 + 2 * 2) * 9 * 8, IMAGES.imageStride());
    assertEquals(2 * 7 * 9 * 8, IMAGES.floats());
    assertEquals(7 * 72 + (1 + 2) * 72 + (4 + 2) * 8, IMAGES.index(1, 1, 4));
  }

  @Test
  void everyPixelHasAPlaceOfItsOwnInsideTheBuffer() {
    BitSet taken = new BitSet();
    for (int n = 0; n < IMAGES.batch(); n++) {
      for (int h = 0; h < IMAGES.height(); h++) {
        for (int w = 0; w < IMAGES.width(); w++) {
          int at = IMAGES.index(n, h, w);
          assertTrue(at >= 0 && at + IMAGES.channelStride() <= IMAGES.floats());
          assertEquals(0, taken.get(at, at + IMAGES.channelStride()).cardinality());
          taken.set(at, at + IMAGES.channelStride());
        }
      }
    }
    assertEquals(2 * 3 * 5 * 8, taken.cardinality());
  }

  @Test
  void rowsOfFeaturesAreImagesOfOnePixel() {
    Layout rows = new Layout(Shape.of(3, 10), 16, 0);
    assertEquals(1, rows.height());
    assertEquals(1, rows.width());
    assertEquals(32, rows.index(2, 0, 0));
    assertEquals(48, rows.floats());
    assertFalse(rows.isDense());
  }

  @Test
  void denseHasNothingBetweenTheElements() {
    for (Shape shape : new Shape[] {Shape.of(7), Shape.of(2, 3, 5), Shape.of(2, 3, 5, 7)}) {
      Layout dense = Layout.dense(shape);
      assertTrue(dense.isDense());
      assertEquals(shape.size(), dense.floats());
    }
    assertFalse(new Layout(Shape.of(1, 2, 2, 3), 3, 1).isDense());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertEquals(
        "Layout of [2, 3, 5, 6]: channel stride 5 must be at least the last extent, and border 0"
            + " be 0 but for images",
        assertThrows(IllegalArgumentException.class, () -> new Layout(Shape.of(2, 3, 5, 6), 5, 0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Layout(Shape.of(2, 6), 6, 1));
    assertThrows(IllegalArgumentException.class, () -> new Layout(Shape.of(1, 1, 1, 6), 6, -1));
  }

  @Test
  void aSliceHasSomeFloatsOfEveryPixelOfItsMap() {
    Layout map = new Layout(Shape.of(2, 3, 5, 20), 24, 1);
    Layout slice = map.slice(Shape.of(2, 3, 5, 4), 16, 8);
    assertTrue(slice.isSlice());
    assertFalse(map.isSlice());
    assertEquals(map.index(1, 2, 3) + 16, slice.index(1, 2, 3));
    assertEquals(map.floats(), slice.floats());
    assertThrows(IllegalArgumentException.class, () -> map.slice(Shape.of(2, 3, 5, 4), 17, 8));
    assertThrows(IllegalArgumentException.class, () -> map.slice(Shape.of(2, 3, 5, 4), 16, 3));
  }

  @Test
  void moreFloatsThanAnArrayHoldsAreNoWrongNumber() {
    Layout huge = new Layout(Shape.of(60_000, 28, 28, 32), 64, 3);
    assertThrows(ArithmeticException.class, huge::floats);
  }

  @Test
  void thePrintedFormSaysWhatIsUnusual() {
    assertEquals("[2, 3, 5, 6] stride 8 border 2", IMAGES.toString());
    assertEquals("[7]", Layout.dense(Shape.of(7)).toString());
  }
}
