package dev.linnet.kernels.cuda;

import dev.linnet.core.graph.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the one struct that a kernel takes: first its pointers, which a launch fills in, then its
 * numbers.
 */
final class Arguments {
  private static final int MOST_BYTES = 1024;
  private static final int POINTER_BYTES = 8;

  /** What a pointer points to. */
  enum Source {
    INPUT,
    OUTPUT,
    PREPARED,
    WORKSPACE,
    NULL
  }

  /**
   * A pointer of the struct.
   *
   * @param source which buffer of the launch
   * @param index of the input
   * @param floats behind the buffer's start
   */
  record Slot(Source source, int index, long floats) {}

  private final List<Slot> slots = new ArrayList<>();
  private final ByteBuffer numbers = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.nativeOrder());

  Arguments input(int index) {
    return slot(Source.INPUT, index, 0);
  }

  Arguments output() {
    return slot(Source.OUTPUT, 0, 0);
  }

  Arguments output(int floats) {
    return slot(Source.OUTPUT, 0, floats);
  }

  Arguments prepared() {
    return slot(Source.PREPARED, 0, 0);
  }

  Arguments workspace() {
    return slot(Source.WORKSPACE, 0, 0);
  }

  Arguments workspace(int floats) {
    return slot(Source.WORKSPACE, 0, floats);
  }

  Arguments none() {
    return slot(Source.NULL, 0, 0);
  }

  /** Input {@code index}, or null where that is below 0. */
  Arguments inputOrNone(int index) {
    return index < 0 ? none() : input(index);
  }

  private Arguments slot(Source source, int index, long floats) {
    if (numbers.position() > 0) {
      throw new IllegalStateException("a kernel's pointers come before its numbers");
    }
    slots.add(new Slot(source, index, floats));
    return this;
  }

  Arguments ints(int... values) {
    for (int value : values) {
      numbers.putInt(value);
    }
    return this;
  }

  Arguments floats(float... values) {
    for (float value : values) {
      numbers.putFloat(value);
    }
    return this;
  }

  Arguments map(Strides s) {
    return ints(s.n(), s.h(), s.w(), s.c(), s.image(), s.row(), s.pixel(), s.channel(), s.origin());
  }

  Arguments window(Window w) {
    return ints(
        w.kernelHeight(),
        w.kernelWidth(),
        w.strideHeight(),
        w.strideWidth(),
        w.top(),
        w.left(),
        w.dilationHeight(),
        w.dilationWidth());
  }

  List<Slot> slots() {
    return slots;
  }

  /** The struct's bytes, pointers 0, of a multiple of 8 as the compiler pads it. */
  byte[] bytes() {
    int used = slots.size() * POINTER_BYTES + numbers.position();
    byte[] bytes = new byte[(used + POINTER_BYTES - 1) / POINTER_BYTES * POINTER_BYTES];
    byte[] written = Arrays.copyOf(numbers.array(), numbers.position());
    System.arraycopy(written, 0, bytes, slots.size() * POINTER_BYTES, written.length);
    return bytes;
  }
}
