package dev.linnet.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TensorTest {
  @Test
  void theArrayIsSharedNotCopied() {
    float[] values = {1, 2, 3, 4, 5, 6};
    assertSame(values, new Tensor(Shape.of(2, 3), values).values());
  }

  @Test
  void zerosHasAsManyZerosAsTheShapeHasElements() {
    assertArrayEquals(new float[6], Tensor.zeros(Shape.of(3, 2)).values());
  }

  @Test
  void anotherNumberOfValuesIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Tensor(Shape.of(2, 3), new float[5]))
            .getMessage();
    assertEquals("Tensor [2, 3] expects 6 values, got 5", message);
  }
}
