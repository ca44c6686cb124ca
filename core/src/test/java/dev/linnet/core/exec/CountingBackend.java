package dev.linnet.core.exec;

import java.util.ArrayList;
import java.util.List;

/** Another backend that records every buffer that is asked for. */
final class CountingBackend extends ForwardingBackend {
  private final List<Buffer> allocated = new ArrayList<>();

  CountingBackend(Backend backend) {
    super(backend);
  }

  /** The buffers so far, in order. */
  List<Buffer> allocated() {
    return allocated;
  }

  /** The bytes so far. */
  long bytes() {
    return allocated.stream().mapToLong(b -> 4L * b.floats()).sum();
  }

  @Override
  public Buffer allocate(int floats) {
    Buffer buffer = super.allocate(floats);
    allocated.add(buffer);
    return buffer;
  }
}
