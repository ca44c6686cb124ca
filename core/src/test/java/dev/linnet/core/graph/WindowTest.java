package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class WindowTest {
  @Test
  void sameKeepsTheSizeAtStrideOneAndHalvesItRoundedUpAtStrideTwo() {
    for (int kernel : new int[] {1, 3, 5, 7}) {
      for (int size = 1; size <= 17; size++) {
        assertEquals(size, Window.same(kernel, 1).outputHeight(size));
        assertEquals((size + 1) / 2, Window.same(kernel, 2).outputWidth(size));
      }
    }
  }

  @Test
  void outputsAreAsManyAsPlacementsOfTheKernelFit() {
    for (int kernel = 1; kernel <= 4; kernel++) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int dilation = 1; dilation <= 2; dilation++) {
          for (int size = 1; size <= 9; size++) {
            Window window = new Window(1, kernel, 1, stride, 0, 2, 0, 1, 1, dilation);
            int placements = 0;
            int reach = dilation * (kernel - 1);
            for (int first = -2; first + reach < size + 1; first += stride) {
              placements++;
            }
            int outputs = Math.max(0, window.outputWidth(size));
            assertEquals(placements, outputs, window + " over " + size);
          }
        }
      }
    }
  }

  @Test
  void rowsAndColumnsHaveTheirOwnGeometry() {
    Window window = new Window(3, 5, 2, 1, 1, 2, 0, 3, 1, 2);
    assertEquals(4, window.outputHeight(8)); // rows −1 … 7
    assertEquals(5, window.outputWidth(8)); // columns −2 … 10, of which a window spans 9
    assertEquals(15, window.taps());
    assertEquals(3, window.padding());
  }

  @Test
  void aWindowThatDoesNotFitHasNoOutputs() {
    assertEquals(0, Window.square(3, 1, 0, 1).outputHeight(2));
    assertEquals(-1, Window.square(5, 2, 0, 1).outputWidth(1));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    String expected =
        "Window: kernel, stride and dilation must be at least 1 and padding at least 0, got kernel"
            + " 3×3, stride 0×0, dilation 1×1, padding 1,1,1,1";
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> Window.square(3, 0, 1, 1)).getMessage());
    int[][] broken = {{0, 1, 0, 1}, {3, 1, -1, 1}, {3, 1, 1, 0}};
    for (int[] w : broken) {
      assertThrows(IllegalArgumentException.class, () -> Window.square(w[0], w[1], w[2], w[3]));
    }
  }
}
