package dev.linnet.kernels.cuda;

import static jcuda.driver.CUresult.CUDA_ERROR_OUT_OF_MEMORY;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import jcuda.driver.JCudaDriver;

/**
 * The memory that a backend has taken from its device. A buffer that nobody can reach any more is
 * given back when the next one is allocated; all are when this is closed.
 */
final class DeviceMemory implements AutoCloseable {
  private static final int FLOAT_BYTES = 4;
  private static final int PATIENCE_MILLIS = 100;

  /** What is behind a buffer, to be freed once that is gone. */
  private static final class Allocation extends PhantomReference<DeviceBuffer> {
    private final DeviceBuffer.Address pointer;

    Allocation(
        DeviceBuffer buffer, DeviceBuffer.Address pointer, ReferenceQueue<DeviceBuffer> queue) {
      super(buffer, queue);
      this.pointer = pointer;
    }
  }

  private final Gpu gpu;
  private final ReferenceQueue<DeviceBuffer> unreachable = new ReferenceQueue<>();
  private final Set<Allocation> allocations = new HashSet<>();

  DeviceMemory(Gpu gpu) {
    this.gpu = gpu;
  }

  /**
   * A buffer of zeros.
   *
   * @throws dev.linnet.core.exec.DeviceMemoryException if the device has no room for it
   */
  DeviceBuffer allocate(int floats) {
    gpu.makeCurrent();
    freeUnreachable(unreachable.poll());
    long bytes = (long) FLOAT_BYTES * Math.max(1, floats);
    DeviceBuffer.Address pointer = new DeviceBuffer.Address();
    int result = JCudaDriver.cuMemAlloc(pointer, bytes);
    if (result == CUDA_ERROR_OUT_OF_MEMORY && collect()) {
      result = JCudaDriver.cuMemAlloc(pointer, bytes);
    }
    Driver.check(result, "cuMemAlloc of " + bytes + " bytes");
    DeviceBuffer buffer = new DeviceBuffer(pointer, floats);
    allocations.add(new Allocation(buffer, pointer, unreachable));
    gpu.clear(buffer);
    return buffer;
  }

  /** Lets the collector find buffers that nobody can reach; whether any was freed. */
  private boolean collect() {
    System.gc(); // the heap knows nothing of the device's memory
    try {
      Reference<? extends DeviceBuffer> first = unreachable.remove(PATIENCE_MILLIS);
      return freeUnreachable(first) > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int freeUnreachable(Reference<? extends DeviceBuffer> first) {
    int count = 0;
    for (Reference<?> next = first; next != null; next = unreachable.poll()) {
      Allocation allocation = (Allocation) next;
      allocations.remove(allocation);
      Driver.check(JCudaDriver.cuMemFree(allocation.pointer), "cuMemFree");
      count++;
    }
    return count;
  }

  /** Frees everything. */
  @Override
  public void close() {
    try (Handles all = new Handles()) {
      allocations.forEach(a -> all.add("cuMemFree", () -> JCudaDriver.cuMemFree(a.pointer)));
      allocations.clear();
      gpu.makeCurrentIn(all);
    }
  }
}
