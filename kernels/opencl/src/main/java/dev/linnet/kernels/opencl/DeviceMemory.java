package dev.linnet.kernels.opencl;

import com.aparapi.ProfileInfo;
import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLArgDescriptor;
import com.aparapi.internal.opencl.OpenCLMem;
import com.aparapi.internal.opencl.OpenCLProgram;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a backend and its kernels: one array, which stays on the device. Aparapi wants a
 * Java array for it. On a device with memory of its own that is only where the array began; a CPU
 * works on it directly. It must not move, nor must the arrays for {@link Transfers}: they are so
 * large that G1 gives each its own regions, see {@link OpenCl#missing}.
 */
final class DeviceMemory implements AutoCloseable {

  /** A collection that leaves less than this part free is not worth its time. */
  private static final int WORTHWHILE = 4;

  private static final int GROUP = 64;
  private static final int LOCAL_BYTES = 8192;
  private static final int RESERVED = 16;
  private static final String FILL = "Fill";

  private final OpenCLProgram program;
  private final Translation translation;
  private final Map<String, DeviceFunction> functions = new LinkedHashMap<>();
  private final Object[] nothing;
  private final long limit;
  private final String device;
  private float[] array = new float[OpenCl.unmovedFloats()];
  private final Ranges ranges = new Ranges(RESERVED, array.length);
  private OpenCLMem mem;
  private int launches;
  private boolean timing;
  private long nanos;
  private boolean closed;

  /**
   * Builds the kernels for a device.
   *
   * @throws IllegalStateException if it is too small for them
   */
  DeviceMemory(OpenCLDevice device, Translation translation) {
    this.device = device.getName();
    // Aparapi does not survive a launch that the device refuses
    if (device.getMaxWorkGroupSize() < GROUP || device.getLocalMemSize() < LOCAL_BYTES) {
      throw new IllegalStateException(
          "OpenCL device %s has groups of %d work items with %d bytes of local memory; it takes %d and %d"
              .formatted(
                  this.device,
                  device.getMaxWorkGroupSize(),
                  device.getLocalMemSize(),
                  GROUP,
                  LOCAL_BYTES));
    }
    this.translation = translation;
    this.program = new OpenCLProgram(device, translation.source()).createProgram(device);
    this.limit = Math.min(device.getMaxMemAllocSize(), Integer.MAX_VALUE) / Float.BYTES;
    translation
        .parameters()
        .forEach(
            (name, parameters) -> {
              long transfer =
                  name.equals("Upload")
                      ? OpenCLArgDescriptor.ARG_READONLY_BIT
                      : OpenCLArgDescriptor.ARG_WRITEONLY_BIT;
              functions.put(name, new DeviceFunction(program, name, parameters, transfer));
            });
    this.nothing =
        function(FILL).arguments(Range.create(1, 1), Map.of("y", RESERVED, "size", 0, "value", 0f));
    launch(function(FILL), nothing);
  }

  /** A kernel by its name. */
  DeviceFunction function(String name) {
    return functions.get(name);
  }

  /** The names of the kernels that were never launched. */
  List<String> idle() {
    return functions.entrySet().stream()
        .filter(entry -> !entry.getValue().launched())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** From now on, adds up the device's time for all launches. */
  void startTiming() {
    timing = true;
    nanos = 0;
  }

  /**
   * Ends that.
   *
   * @return nanoseconds between the start and the end of every launch, by the device's own clock
   */
  long stopTiming() {
    timing = false;
    return nanos;
  }

  /** Launches a kernel that counts its launches. */
  void launch(DeviceFunction function, Object[] arguments) {
    launches = launches >= DeviceKernel.LAUNCHES ? 1 : launches + 1;
    launch(function, arguments, false);
  }

  /** Launches a kernel that does not. */
  void launchUncounted(DeviceFunction function, Object[] arguments) {
    launch(function, arguments, false);
  }

  private void launch(DeviceFunction function, Object[] arguments, boolean fetch) {
    mem = function.launch(arguments, array, mem, fetch);
    if (timing) {
      for (ProfileInfo event : program.getProfileInfo()) { // of this launch
        nanos += event.getEnd() - event.getStart();
      }
    }
    if (function.moved()) {
      throw new IllegalStateException(
          "the garbage collector moved memory that OpenCL device "
              + device
              + " uses, whose values are lost: the Java heap is full, set a larger one with -Xmx");
    }
    if (mem == null || mem.memId == 0) {
      throw new DeviceMemoryException(
          "OpenCL device " + device + " has no " + 4L * array.length + " bytes in one piece");
    }
  }

  /**
   * Checks what the device says about its launches.
   *
   * @param counted its count, downloaded
   * @throws IllegalStateException if it did not run all
   */
  void check(float counted) {
    if (counted != launches) {
      throw new IllegalStateException(
          "OpenCL device "
              + device
              + " ran "
              + (long) counted
              + " kernels of "
              + launches
              + "; the messages on the standard error say more");
    }
  }

  /**
   * A buffer, its values unspecified.
   *
   * @throws DeviceMemoryException if the device has no room for it
   */
  DeviceBuffer take(int floats) {
    DeviceBuffer buffer = ranges.take(floats);
    if (buffer != null) {
      return buffer;
    }
    ranges.collectNow();
    if (ranges.room() < Math.max(floats, array.length / WORTHWHILE)) {
      grow(floats);
    }
    buffer = ranges.take(floats);
    if (buffer == null) { // there is room, but in pieces
      grow(floats);
      buffer = ranges.take(floats);
    }
    return buffer;
  }

  /** Makes room for so many more floats at least: doubles the memory, by way of the host. */
  private void grow(int floats) {
    long needed = (long) array.length + Ranges.padded(floats);
    if (needed > limit) {
      throw new DeviceMemoryException(
          "OpenCL device " + device + " has no room for " + 4L * floats + " bytes more");
    }
    int size = (int) Math.min(limit, Math.max(needed, 2L * array.length));
    launches = launches >= DeviceKernel.LAUNCHES ? 1 : launches + 1;
    launch(function(FILL), nothing, true);
    OpenCLMem old = mem;
    array = Arrays.copyOf(array, size);
    mem = null;
    launch(function(FILL), nothing);
    function().close(old);
    ranges.grow(size);
  }

  /** A kernel that only frees memory. */
  private DeviceFunction function() {
    return new DeviceFunction(program, FILL, translation.parameters().get(FILL), 0);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    functions.forEach((name, function) -> function.close(name.equals(FILL) ? mem : null));
    program.dispose();
    array = null;
  }
}
