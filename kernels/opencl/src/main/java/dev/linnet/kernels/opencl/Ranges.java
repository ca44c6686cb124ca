package dev.linnet.kernels.opencl;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Divides an array into buffers. A buffer is free again when the garbage collector finds that
 * nobody holds it: programs and stores are not closed one by one, on any backend.
 */
final class Ranges {
  /** Buffers start at multiples of this: 64 bytes. */
  private static final int ALIGNMENT = 16;

  /** Milliseconds for the garbage collector to hand over what it found. */
  private static final long PATIENCE = 100;

  private final TreeMap<Integer, Integer> free = new TreeMap<>(); // offset → floats
  private final ReferenceQueue<DeviceBuffer> dead = new ReferenceQueue<>();
  private final Set<Given> given = new HashSet<>();
  private int end;

  private static final class Given extends PhantomReference<DeviceBuffer> {
    private final int offset;
    private final int floats;

    Given(DeviceBuffer buffer, int floats, ReferenceQueue<DeviceBuffer> queue) {
      super(buffer, queue);
      this.offset = buffer.offset();
      this.floats = floats;
    }
  }

  /** The range {@code from … end} is free. */
  Ranges(int from, int end) {
    this.end = end;
    free.put(from, end - from);
  }

  /** Makes everything up to {@code newEnd} available. */
  void grow(int newEnd) {
    give(end, newEnd - end);
    end = newEnd;
  }

  /** A buffer in the first range that is wide enough; null if there is none. */
  DeviceBuffer take(int floats) {
    collect();
    int wanted = padded(floats);
    int offset = wideEnough(wanted);
    if (offset < 0) {
      return null;
    }
    int rest = free.remove(offset) - wanted;
    if (rest > 0) {
      free.put(offset + wanted, rest);
    }
    DeviceBuffer buffer = new DeviceBuffer(offset, floats);
    given.add(new Given(buffer, wanted, dead));
    return buffer;
  }

  /** Where the first range of at least so many floats starts; below 0 if there is none. */
  private int wideEnough(int floats) {
    for (Map.Entry<Integer, Integer> range : free.entrySet()) {
      if (range.getValue() >= floats) {
        return range.getKey();
      }
    }
    return -1;
  }

  /** The floats that a buffer of so many takes. */
  static int padded(int floats) {
    return Math.max(ALIGNMENT, (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  private void collect() {
    for (Object next = dead.poll(); next != null; next = dead.poll()) {
      bury((Given) next);
    }
  }

  private void bury(Given gone) {
    given.remove(gone);
    give(gone.offset, gone.floats);
  }

  /** Runs the garbage collector and waits a moment for what it finds. */
  void collectNow() {
    System.gc();
    try {
      for (Object next = dead.remove(PATIENCE); next != null; next = dead.remove(1)) {
        bury((Given) next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // for whoever waits next
    }
  }

  /** The floats that are free. */
  int room() {
    return free.values().stream().mapToInt(size -> size).sum();
  }

  /** Joins a range with its free neighbours. */
  private void give(int offset, int floats) {
    int from = offset;
    int size = floats;
    Map.Entry<Integer, Integer> before = free.floorEntry(offset);
    if (before != null && before.getKey() + before.getValue() == offset) {
      from = before.getKey();
      size += before.getValue();
    }
    Integer after = free.remove(offset + floats);
    if (after != null) {
      size += after;
    }
    free.put(from, size);
  }
}
