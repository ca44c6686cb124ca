package dev.linnet.kernels.opencl;

import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Layout;

/**
 * A range of a backend's memory; when nobody holds it any more, {@link Ranges} gives it out again.
 */
final class DeviceBuffer implements Buffer {
  private final int offset;
  private final int floats;
  private Transfer up;
  private Transfer down;

  private record Transfer(Layout layout, Object[] arguments) {}

  DeviceBuffer(int offset, int floats) {
    this.offset = offset;
    this.floats = floats;
  }

  /** Where it starts. */
  int offset() {
    return offset;
  }

  @Override
  public int floats() {
    return floats;
  }

  /** What {@link #keep} was given last, if it was for this layout; else null. */
  Object[] transfer(boolean upwards, Layout layout) {
    Transfer kept = upwards ? up : down;
    return kept != null && kept.layout.equals(layout) ? kept.arguments : null;
  }

  /** Keeps the arguments of a transfer to the device or from it, for the next one. */
  void keep(boolean upwards, Layout layout, Object[] arguments) {
    if (upwards) {
      up = new Transfer(layout, arguments);
    } else {
      down = new Transfer(layout, arguments);
    }
  }
}
