package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Range;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeviceMemoryTest {
  private static final int FLOATS = 1_000_003;

  private static DeviceMemory memory() {
    OpenClTests.assumeUsable();
    return new DeviceMemory(OpenCl.devices().get(0), Kernels.TRANSLATION);
  }

  @Test
  void valuesSurviveWhenTheMemoryGrows() {
    try (DeviceMemory memory = memory()) {
      Transfers transfers = new Transfers(memory);
      Layout layout = Layout.dense(Shape.of(FLOATS));
      float[] values = new float[FLOATS];
      for (int i = 0; i < FLOATS; i++) {
        values[i] = i * 0.5f;
      }
      DeviceBuffer buffer = memory.take(FLOATS);
      transfers.up(values, 0, layout, buffer);
      DeviceBuffer large = memory.take(20 * FLOATS);
      float[] after = new float[FLOATS];
      transfers.down(buffer, layout, after, 0);
      assertArrayEquals(values, after);
      assertTrue(large.offset() > buffer.offset());
    }
  }

  @Test
  void theDevicesClockAddsUpAllLaunches() {
    try (DeviceMemory memory = memory()) {
      DeviceBuffer buffer = memory.take(FLOATS);
      DeviceFunction fill = memory.function("Fill");
      Object[] arguments =
          fill.arguments(
              Range.create(FLOATS / 64 * 64, 64),
              Map.of("y", buffer.offset(), "size", FLOATS, "value", 1f));
      memory.startTiming();
      assertEquals(0, memory.stopTiming());
      memory.startTiming();
      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        memory.launch(fill, arguments);
      }
      long wall = System.nanoTime() - start;
      long nanos = memory.stopTiming();
      assertTrue(nanos > 0 && nanos <= wall, nanos + " ns on the device, " + wall + " ns in all");
      memory.launch(fill, arguments);
      assertEquals(nanos, memory.stopTiming());
    }
  }

  @Test
  void anotherCountThanTheHostsIsAnError() {
    try (DeviceMemory memory = memory()) {
      memory.check(1); // the memory makes itself known by a launch
      String message =
          assertThrows(IllegalStateException.class, () -> memory.check(0)).getMessage();
      assertTrue(message.contains("ran 0 kernels of 1"), message);
    }
  }

  @Test
  void theDeviceCountsWhatItRuns() {
    try (DeviceMemory memory = memory()) {
      Transfers transfers = new Transfers(memory);
      Layout one = Layout.dense(Shape.of(1));
      DeviceBuffer buffer = memory.take(1);
      for (int i = 0; i < 5; i++) {
        transfers.up(new float[] {i}, 0, one, buffer);
        float[] value = new float[1];
        transfers.down(buffer, one, value, 0); // checks the count
        assertArrayEquals(new float[] {i}, value);
      }
    }
  }
}
