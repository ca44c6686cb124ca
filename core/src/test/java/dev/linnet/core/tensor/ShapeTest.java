package dev.linnet.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ShapeTest {
  @Test
  void theSizeIsTheProductOfTheExtents() {
    assertEquals(2 * 3 * 5 * 7, Shape.of(2, 3, 5, 7).size());
    assertEquals(1, Shape.of(1).size());
    assertEquals(1, Shape.of().size());
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    Shape shape = Shape.of(2, 3, 5);
    assertEquals(2, shape.dim(0));
    assertEquals(5, shape.dim(2));
    assertEquals(5, shape.dim(-1));
    assertEquals(2, shape.dim(-3));
  }

  @Test
  void anExtentIsReplacedInACopy() {
    Shape shape = Shape.of(2, 3, 5);
    assertEquals(Shape.of(2, 7, 5), shape.with(1, 7));
    assertEquals(Shape.of(2, 3, 5), shape);
  }

  @Test
  void laterChangesOfTheArrayChangeNothing() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertArrayEquals(new int[] {2, 3}, shape.dims());
  }

  @Test
  void shapesAreEqualByTheirExtents() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3));
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(6), Shape.of(2, 3));
    assertEquals("[2, 3]", Shape.of(2, 3).toString());
  }

  @Test
  void extentsBelowOneAreRefused() {
    for (int extent : new int[] {0, -1, Integer.MIN_VALUE}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Shape.of(2, extent)).getMessage();
      assertEquals("Shape [2, " + extent + "]: extents must be at least 1", message);
    }
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefused() {
    int[][] tooLarge = {
      {65_536, 65_536}, {Integer.MAX_VALUE}, {1 << 30, 1 << 30, 1 << 30, 1 << 30}
    };
    for (int[] dims : tooLarge) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Shape.of(dims)).getMessage();
      assertEquals("Shape " + Arrays.toString(dims) + ": more than 2147483639 elements", message);
    }
    assertEquals(2_147_483_639, Shape.of(2_147_483_639).size());
  }
}
