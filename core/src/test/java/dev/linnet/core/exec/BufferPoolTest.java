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
  void idleBuffersBeyondTheLimitAreLetGo() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend, 4L * (BORDERED.floats() + PLAIN.floats()));
      Buffer bordered = pool.take(BORDERED);
      Buffer plain = pool.take(PLAIN);
      Buffer another = pool.take(PLAIN);
      pool.give(BORDERED, bordered);
      pool.give(PLAIN, plain);
      pool.give(PLAIN, another); // one too many: the others go
      assertNotSame(bordered, pool.take(BORDERED));
      assertSame(another, pool.take(PLAIN));
      assertNotSame(plain, pool.take(PLAIN));
    }
  }

  @Test
  void aBufferLargerThanTheLimitIsNotKept() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend, 4L * PLAIN.floats());
      Buffer plain = pool.take(PLAIN);
      Buffer bordered = pool.take(BORDERED);
      pool.give(PLAIN, plain);
      pool.give(BORDERED, bordered);
      assertNotSame(bordered, pool.take(BORDERED));
      assertSame(plain, pool.take(PLAIN));
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
