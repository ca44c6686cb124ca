package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class BufferPoolTest {
  private static final int SMALL = 16;
  private static final int LARGE = 64;

  @Test
  void aBufferIsReusedForAsManyFloats() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend);
      Buffer first = pool.take(LARGE);
      assertEquals(LARGE, first.floats());
      pool.give(first);
      assertEquals(SMALL, pool.take(SMALL).floats());
      assertSame(first, pool.take(LARGE));
      assertNotSame(first, pool.take(LARGE));
    }
  }

  @Test
  void idleBuffersBeyondTheLimitAreLetGo() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend, 4L * (LARGE + SMALL));
      Buffer large = pool.take(LARGE);
      Buffer small = pool.take(SMALL);
      Buffer another = pool.take(SMALL);
      pool.give(large);
      pool.give(small);
      pool.give(another); // one too many: the others go
      assertNotSame(large, pool.take(LARGE));
      assertSame(another, pool.take(SMALL));
      assertNotSame(small, pool.take(SMALL));
    }
  }

  @Test
  void aBufferLargerThanTheLimitIsNotKept() {
    try (Backend backend = new ScalarBackend(1)) {
      BufferPool pool = new BufferPool(backend, 4L * SMALL);
      Buffer small = pool.take(SMALL);
      Buffer large = pool.take(LARGE);
      pool.give(small);
      pool.give(large);
      assertNotSame(large, pool.take(LARGE));
      assertSame(small, pool.take(SMALL));
    }
  }
}
