package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in finds what it is there to find: mistakes planted in {@code planted.cu}. */
final class StandInTest {
  private static final int THREADS = 256;
  private static final int FLOATS = 20;

  @BeforeEach
  void load() {
    StandIn.assumeLoaded();
  }

  /** The assembly of a kernel, as far as the stand-in reads it. */
  private static Ptx planted(String name) {
    String text =
        ".version 6.0\n.target sm_60\n.visible .entry "
            + name
            + "(\n.param .align 8 .b8 "
            + name
            + "_param_0[24]\n)\n.maxntid 256, 1, 1\n{\n ret;\n}\n";
    return new Ptx(60, text, Map.of(name, THREADS));
  }

  /** What a planted kernel makes of {@code x} on a device. */
  private static float[] run(String name, int device, int count, float[] x) {
    try (Gpu gpu = Gpu.open(device, Precision.FP32, capability -> planted(name));
        DeviceMemory memory = new DeviceMemory(gpu);
        Staging staging = new Staging(gpu, memory)) {
      DeviceBuffer from = memory.allocate(x.length);
      DeviceBuffer to = memory.allocate(x.length);
      Driver.check(
          JCudaDriver.cuMemcpyHtoDAsync(
              from.pointer(), Pointer.to(x), 4L * x.length, gpu.compute()),
          "cuMemcpyHtoDAsync");
      gpu.synchronize();
      Arguments arguments = new Arguments().input(0).output().ints(count);
      new Stage(gpu, name, 1, 1, 1, arguments).launch(new Args(List.of(from), to, null, null));
      float[] y = new float[x.length];
      staging.download(to, Layout.dense(Shape.of(x.length)), y, 0);
      return y;
    }
  }

  private static float[] values(int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (i * 37 % 101) / 7f;
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plantedRace", "plantedWarpRace"})
  void aRaceGivesOtherBitsOnOtherDevices(String name) {
    float[] x = values(THREADS);
    float[] first = run(name, 0, THREADS, x);
    assertFalse(Float.isNaN(first[0]));
    assertTrue(
        !Arrays.equals(first, run(name, 1, THREADS, x))
            && !Arrays.equals(first, run(name, 2, THREADS, x)));
  }

  @Test
  void withItsBarriersItGivesTheSameBitsOnAll() {
    float[] x = values(THREADS);
    float[] first = run("plantedNothing", 0, THREADS, x);
    assertFalse(Float.isNaN(first[0]));
    for (int device = 1; device < StandIn.DEVICES; device++) {
      assertArrayEquals(first, run("plantedNothing", device, THREADS, x));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plantedWrite", "plantedRead"})
  void accessBeyondABufferIsFound(String name) {
    String message =
        assertThrows(CudaException.class, () -> run(name, 0, FLOATS, values(FLOATS))).getMessage();
    assertEquals(
        "CUDA: cuStreamSynchronize failed with CUDA_ERROR_LAUNCH_FAILED (719): "
            + name
            + " touches memory that is not its own",
        message);
  }

  @Test
  void aWriteBeforeABufferIsFound() {
    String message =
        assertThrows(
                CudaException.class, () -> run("plantedWriteBefore", 0, FLOATS, values(FLOATS)))
            .getMessage();
    assertTrue(message.endsWith("plantedWriteBefore writes beyond its memory"), message);
  }

  @Test
  void aBarrierThatNotAllThreadsReachIsFound() {
    String message =
        assertThrows(CudaException.class, () -> run("plantedDivergence", 1, FLOATS, values(FLOATS)))
            .getMessage();
    assertTrue(message.endsWith("not all threads of a block reach a barrier"), message);
  }

  /** The time between two events once the stream has come to them, as a driver gives it. */
  @ParameterizedTest
  @CsvSource({"0, 600, 0", "2, 400, 400"}) // flags; CUDA_ERROR_NOT_READY, _INVALID_HANDLE
  void eventsTellTimeOnceTheyHaveHappened(int flags, int before, int after) {
    try (Gpu gpu = Gpu.open(0, Precision.FP32);
        DeviceMemory memory = new DeviceMemory(gpu);
        Handles events = new Handles()) {
      CUevent start = event(flags, events);
      CUevent end = event(flags, events);
      float[] millis = new float[1];
      Driver.check(JCudaDriver.cuEventRecord(start, gpu.compute()), "cuEventRecord");
      assertEquals(1_000_000, memory.allocate(1_000_000).floats());
      Driver.check(JCudaDriver.cuEventRecord(end, gpu.compute()), "cuEventRecord");
      assertEquals(before, JCudaDriver.cuEventElapsedTime(millis, start, end));
      gpu.synchronize();
      assertEquals(after, JCudaDriver.cuEventElapsedTime(millis, start, end));
      assertTrue(after != 0 || millis[0] > 0, () -> millis[0] + " ms for 4 MB of zeros");
    }
  }

  private static CUevent event(int flags, Handles events) {
    CUevent event = new CUevent();
    Driver.check(JCudaDriver.cuEventCreate(event, flags), "cuEventCreate");
    events.add("cuEventDestroy", () -> JCudaDriver.cuEventDestroy(event));
    return event;
  }

  @Test
  void anInstructionOfAWarpThatNotAllOfItReachIsFound() {
    String message =
        assertThrows(CudaException.class, () -> run("plantedLane", 1, FLOATS, values(FLOATS)))
            .getMessage();
    assertTrue(message.endsWith("not all threads of a warp reach an instruction of all"), message);
  }
}
