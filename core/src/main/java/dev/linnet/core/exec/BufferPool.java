package dev.linnet.core.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Buffers of closed programs, kept for the next ones: the candidates of a search have most layouts
 * in common. A buffer is only reused under its own layout, so borders stay zero without being
 * written.
 */
final class BufferPool {
  /** The part of the backend's memory that idle buffers may take. */
  private static final int SHARE = 4;

  private final Backend backend;
  private final long limit;
  private final Map<Layout, Deque<Buffer>> idle = new HashMap<>();
  private long bytes;

  BufferPool(Backend backend) {
    this(backend, backend.memory() / SHARE);
  }

  /** Keeps at most {@code limit} bytes of idle buffers. */
  BufferPool(Backend backend, long limit) {
    this.backend = backend;
    this.limit = limit;
  }

  /** A buffer for values of this layout; zeros in its border, anything in its interior. */
  Buffer take(Layout layout) {
    Deque<Buffer> buffers = idle.get(layout);
    if (buffers == null || buffers.isEmpty()) {
      return backend.allocate(layout.floats());
    }
    bytes -= 4L * layout.floats();
    return buffers.pop();
  }

  /** Takes a buffer back that {@link #take} gave for this layout. */
  void give(Layout layout, Buffer buffer) {
    long more = 4L * layout.floats();
    if (more > limit) {
      return;
    }
    if (bytes + more > limit) {
      idle.clear();
      bytes = 0;
    }
    bytes += more;
    idle.computeIfAbsent(layout, k -> new ArrayDeque<>()).push(buffer);
  }
}
