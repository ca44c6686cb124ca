package dev.linnet.core.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Buffers of closed programs, kept for the next ones: the candidates of a search have most sizes in
 * common.
 */
final class BufferPool {
  /** The part of the backend's memory that idle buffers may take. */
  private static final int SHARE = 4;

  private final Backend backend;
  private final long limit;
  private final Map<Integer, Deque<Buffer>> idle = new HashMap<>();
  private long bytes;

  BufferPool(Backend backend) {
    this(backend, backend.memory() / SHARE);
  }

  /** Keeps at most {@code limit} bytes of idle buffers. */
  BufferPool(Backend backend, long limit) {
    this.backend = backend;
    this.limit = limit;
  }

  /** A buffer of so many floats, whatever they are. */
  Buffer take(int floats) {
    Deque<Buffer> buffers = idle.get(floats);
    if (buffers == null || buffers.isEmpty()) {
      return backend.allocate(floats);
    }
    bytes -= 4L * floats;
    return buffers.pop();
  }

  /** Takes a buffer back that {@link #take} gave. */
  void give(Buffer buffer) {
    long more = 4L * buffer.floats();
    if (more > limit) {
      return;
    }
    if (bytes + more > limit) {
      idle.clear();
      bytes = 0;
    }
    bytes += more;
    idle.computeIfAbsent(buffer.floats(), k -> new ArrayDeque<>()).push(buffer);
  }
}
