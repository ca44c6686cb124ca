package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Layout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.JCudaDriver;

/**
 * The way between host arrays and device buffers: through pinned memory, and on the device through
 * a dense copy of its own. Uploads have two of each and a stream beside that of compute: while the
 * device computes with one batch, the next one is on its way.
 */
final class Staging implements AutoCloseable {
  private static final int UPLOADS = 2;
  private static final long FLOAT_BYTES = 4;

  /** Pinned memory of the host and a dense buffer on the device. */
  private final class Slot {
    private final Handles handles = new Handles();
    private final CUevent copied;
    private final CUevent free;
    private Pointer host = new Pointer();
    private FloatBuffer view = FloatBuffer.allocate(0);
    private DeviceBuffer device;

    Slot() {
      this.copied = event();
      this.free = event();
    }

    private void reserve(int floats) {
      if (view.capacity() >= floats) {
        return;
      }
      handles.close();
      view = FloatBuffer.allocate(0);
      Pointer larger = new Pointer();
      Driver.check(JCudaDriver.cuMemAllocHost(larger, FLOAT_BYTES * floats), "cuMemAllocHost");
      handles.add("cuMemFreeHost", () -> JCudaDriver.cuMemFreeHost(larger));
      host = larger;
      device = memory.allocate(floats);
      gpu.synchronize(); // it is cleared on the stream of compute, and written on that of copies
      view =
          larger
              .getByteBuffer(0, FLOAT_BYTES * floats)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
  }

  private final Gpu gpu;
  private final DeviceMemory memory;
  private final Handles events = new Handles();
  private final Slot[] uploads = new Slot[UPLOADS];
  private final Slot downloads;
  private final Map<Layout, Stage> scatters = new HashMap<>();
  private final Map<Layout, Stage> gathers = new HashMap<>();
  private int next;

  /** Closed again where it cannot be opened. */
  Staging(Gpu gpu, DeviceMemory memory) {
    this.gpu = gpu;
    this.memory = memory;
    try {
      for (int i = 0; i < UPLOADS; i++) {
        uploads[i] = new Slot();
      }
      this.downloads = new Slot();
    } catch (RuntimeException | Error e) {
      try {
        gpu.makeCurrentIn(events);
        events.close();
      } catch (CudaException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private CUevent event() {
    CUevent event = new CUevent();
    Driver.check(
        JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING), "cuEventCreate");
    events.add("cuEventDestroy", () -> JCudaDriver.cuEventDestroy(event));
    return event;
  }

  /** Copies dense values into a buffer; returns while they are on their way. */
  void upload(float[] values, int from, Layout layout, DeviceBuffer buffer) {
    int count = layout.shape().size();
    Slot slot = uploads[next];
    next = (next + 1) % UPLOADS;
    Driver.check(JCudaDriver.cuEventSynchronize(slot.free), "cuEventSynchronize");
    slot.reserve(count);
    slot.view.put(0, values, from, count);
    if (layout.channelStride() > layout.channels()) {
      gpu.clear(buffer); // pad channels
    }
    Driver.check(
        JCudaDriver.cuMemcpyHtoDAsync(
            slot.device.pointer(), slot.host, FLOAT_BYTES * count, gpu.copies()),
        "cuMemcpyHtoDAsync");
    Driver.check(JCudaDriver.cuEventRecord(slot.copied, gpu.copies()), "cuEventRecord");
    Driver.check(JCudaDriver.cuStreamWaitEvent(gpu.compute(), slot.copied, 0), "cuStreamWaitEvent");
    scatters
        .computeIfAbsent(layout, k -> move(dense(k), Strides.of(k)))
        .launch(new Args(List.of(slot.device), buffer, null, null));
    Driver.check(JCudaDriver.cuEventRecord(slot.free, gpu.compute()), "cuEventRecord");
  }

  /** Copies the interior of a buffer to dense values, behind all that has been enqueued. */
  void download(DeviceBuffer buffer, Layout layout, float[] values, int to) {
    int count = layout.shape().size();
    downloads.reserve(count);
    DeviceBuffer from = buffer;
    if (!layout.isDense()) {
      from = downloads.device;
      gathers
          .computeIfAbsent(layout, k -> move(Strides.of(k), dense(k)))
          .launch(new Args(List.of(buffer), from, null, null));
    }
    Driver.check(
        JCudaDriver.cuMemcpyDtoHAsync(
            downloads.host, from.pointer(), FLOAT_BYTES * count, gpu.compute()),
        "cuMemcpyDtoHAsync");
    gpu.synchronize();
    downloads.view.get(0, values, to, count);
  }

  private static Strides dense(Layout layout) {
    Strides s = Strides.of(layout);
    return Strides.dense(s.n(), s.h(), s.w(), s.c());
  }

  private Stage move(Strides from, Strides to) {
    return Elementwise.move(gpu, 0, from, to);
  }

  @Override
  public void close() {
    for (Slot slot : uploads) {
      events.add(slot.handles); // closed together: one failure stops no other
    }
    events.add(downloads.handles);
    gpu.makeCurrentIn(events);
    events.close();
  }
}
