package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ImageShapeTest {

  @Test
  void countsValuesAndPrintsItself() {
    ImageShape shape = new ImageShape(5, 7, 3);
    assertEquals(105, shape.values());
    assertEquals("5×7×3", shape.toString());
  }

  @Test
  void aSizeThatIsNotPositiveIsRefused() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> new ImageShape(5, 0, 3));
    assertEquals(
        "ImageShape: height, width and channels must be positive, not 5×0×3", error.getMessage());
  }

  @Test
  void anImageBeyondAnArrayIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ImageShape(1 << 20, 1 << 20, 1));
  }
}
