package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {
  private static final Layout PLAIN = Layout.dense(Shape.of(1, 2, 2, 4));
  private static final Layout BORDERED = new Layout(Shape.of(1, 2, 2, 4), 4, 1);

  @Test
  void aBufferIsReusedUnderItsOwnLayoutOnly() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend);
      Buffer first = pool.take(BORDERED);
      assertEquals(BORDERED.floats(), first.floats());
      pool.give(BORDERED, first);
      assertEquals(PLAIN.floats(), pool.take(PLAIN).floats());
      assertSame(first, pool.take(BORDERED));
      assertNotSame(first, pool.take(BORDERED));
    }
  }

  @Test
  void aLayoutOfAsManyFloatsIsAnotherOne() {
    Layout wide = Layout.dense(Shape.of(1, 4, 4, 4));
    assertEquals(BORDERED.floats(), wide.floats());
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend);
      Buffer dense = pool.take(wide);
      pool.give(wide, dense);
      assertNotSame(dense, pool.take(BORDERED)); // its border would not be zeros
    }
  }
}
