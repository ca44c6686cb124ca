package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Window;
import org.junit.jupiter.api.Test;

final class ProductsTest {
  @Test
  void tf32KeepsElevenBitsOfTheNearestNumber() {
    float ulp = 1f / 1024;
    assertEquals(1, Products.tf32(1));
    assertEquals(1 + ulp, Products.tf32(1 + ulp));
    assertEquals(1 + ulp, Products.tf32(1 + ulp / 2), "of two, the one farther from zero");
    assertEquals(-1 - ulp, Products.tf32(-1 - ulp / 2));
    assertEquals(1, Products.tf32(Math.nextDown(1 + ulp / 2)));
    assertEquals(2, Products.tf32(Math.nextDown(2f)));
  }

  @Test
  void depthwiseConvolutionsAreNoProducts() {
    OpCase.Operand x = OpCase.map(1, 1, 3, 3, 4);
    Window window = Window.same(3, 1);
    OpCase depthwise = OpCase.of(new Conv2d(window, 4), 9, x, OpCase.dense(2, 4, 1, 3, 3));
    assertFalse(Products.isOne(depthwise));
    assertSame(depthwise, Products.rounded(depthwise, Precision.TF32));
    assertTrue(
        Products.isOne(OpCase.of(new Conv2d(window, 2), 18, x, OpCase.dense(2, 4, 2, 3, 3))));
  }

  @Test
  void bothOperandsOfAProductAreRounded() {
    OpCase dense = OpCase.of(new Dense(), 3, OpCase.map(1, 1, 3), OpCase.dense(2, 2, 3));
    OpCase rounded = Products.rounded(dense, Precision.TF32);
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 3; k++) {
        float value = dense.operands().get(i).values()[k];
        assertEquals(Products.tf32(value), rounded.operands().get(i).values()[k]);
      }
    }
    assertSame(dense, Products.rounded(dense, Precision.FP32));
  }
}
