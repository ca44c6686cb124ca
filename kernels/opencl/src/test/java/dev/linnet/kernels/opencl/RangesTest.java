package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RangesTest {
  @Test
  void buffersDoNotOverlapAndStartAtWholeLines() {
    Ranges ranges = new Ranges(16, 1024);
    List<DeviceBuffer> buffers = new ArrayList<>();
    int end = 16;
    for (int floats : new int[] {1, 16, 17, 100}) {
      DeviceBuffer buffer = ranges.take(floats);
      assertEquals(end, buffer.offset());
      assertEquals(floats, buffer.floats());
      assertEquals(0, buffer.offset() % 16);
      end += Ranges.padded(floats);
      buffers.add(buffer);
    }
    assertEquals(1024 - end, ranges.room());
    assertEquals(4, buffers.size());
  }

  @Test
  void whatNobodyHoldsIsGivenOutAgainInOnePiece() {
    Ranges ranges = new Ranges(0, 1024);
    List<DeviceBuffer> buffers =
        new ArrayList<>(Stream.generate(() -> ranges.take(16)).limit(64).toList());
    assertEquals(63 * 16, buffers.get(63).offset());
    assertNull(ranges.take(1));
    buffers.clear();
    for (int i = 0; i < 20 && ranges.room() < 1024; i++) {
      ranges.collectNow();
    }
    assertNotNull(ranges.take(1024));
  }

  @Test
  void whatIsAddedJoinsWhatIsFreeAtTheEnd() {
    Ranges ranges = new Ranges(0, 64);
    DeviceBuffer first = ranges.take(32);
    assertNull(ranges.take(64));
    ranges.grow(128);
    DeviceBuffer second = ranges.take(96);
    assertEquals(32, second.offset());
    assertEquals(0, ranges.room());
    assertTrue(first.offset() < second.offset());
  }
}
