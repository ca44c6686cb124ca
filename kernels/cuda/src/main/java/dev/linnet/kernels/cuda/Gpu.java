package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * One open device: its context, the kernels, a stream for compute and one for copies. Used by one
 * thread at a time.
 */
final class Gpu implements AutoCloseable {
  private static final int ARGUMENT_BYTES = 1024;
  private static final int GRAPHS = 11_040; // CUDA 11.4: instantiation with flags

  /**
   * A kernel on the device.
   *
   * @param threads of a block
   */
  record Function(String name, CUfunction handle, int threads) {}

  private final Handles handles = new Handles();
  private final CUcontext context = new CUcontext();
  private final CUmodule module = new CUmodule();
  private final CUstream compute = new CUstream();
  private final CUstream copies = new CUstream();
  private final Map<String, Function> functions = new HashMap<>();
  private final ByteBuffer arguments =
      ByteBuffer.allocateDirect(ARGUMENT_BYTES).order(ByteOrder.nativeOrder());
  private final Pointer parameters = Pointer.to(Pointer.to(arguments));
  private int driverVersion;
  private long memory;
  private int multiprocessors;
  private int capability;
  private Ptx ptx;

  private final Precision precision;

  private Gpu(Precision precision) {
    this.precision = precision;
  }

  /**
   * Opens a device. What has been opened is closed again where something fails.
   *
   * @param ordinal as the driver counts devices
   * @throws CudaException if the driver fails
   */
  static Gpu open(int ordinal, Precision precision) {
    return open(ordinal, precision, Ptx::of);
  }

  /**
   * Opens a device with kernels of its own.
   *
   * @param kernels for a compute capability
   */
  static Gpu open(int ordinal, Precision precision, IntFunction<Ptx> kernels) {
    Gpu gpu = new Gpu(precision);
    try {
      gpu.start(ordinal, kernels);
      return gpu;
    } catch (RuntimeException | Error e) {
      try {
        gpu.handles.close();
      } catch (CudaException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private void start(int ordinal, IntFunction<Ptx> kernels) {
    Driver.check(JCudaDriver.cuInit(0), "cuInit");
    int[] version = new int[1];
    Driver.check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    driverVersion = version[0];
    CUdevice device = new CUdevice();
    Driver.check(JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet");
    multiprocessors =
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    memory = memory(device);
    capability = capability(device);
    ptx = kernels.apply(capability);
    Driver.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
    handles.add("cuDevicePrimaryCtxRelease", () -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
    makeCurrent();
    Driver.check(JCudaDriver.cuModuleLoadData(module, ptx.text()), "cuModuleLoadData");
    handles.add("cuModuleUnload", () -> JCudaDriver.cuModuleUnload(module));
    stream(compute);
    stream(copies);
  }

  private void stream(CUstream stream) {
    Driver.check(
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
        "cuStreamCreate");
    handles.add("cuStreamDestroy", () -> JCudaDriver.cuStreamDestroy(stream));
  }

  /** An attribute of a device. */
  static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    Driver.check(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
    return value[0];
  }

  /** The bytes that a device has. */
  static long memory(CUdevice device) {
    long[] bytes = new long[1];
    Driver.check(JCudaDriver.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
    return bytes[0];
  }

  /** A device's compute capability, 86 for 8.6. */
  static int capability(CUdevice device) {
    return 10 * attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
        + attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  }

  /** The oldest compute capability that the loaded kernels run on. */
  int target() {
    return ptx.target();
  }

  int capability() {
    return capability;
  }

  /** Whether the driver can record launches and start all of them with one call. */
  boolean hasGraphs() {
    return driverVersion >= GRAPHS;
  }

  /** Bytes that the device has. */
  long memory() {
    return memory;
  }

  /** How products take their operands. */
  Precision precision() {
    return precision;
  }

  int multiprocessors() {
    return multiprocessors;
  }

  /** Makes the calling thread's next calls go to this device. */
  void makeCurrent() {
    Driver.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
  }

  /** The same as the first thing that is done when {@code handles} are closed. */
  void makeCurrentIn(Handles others) {
    others.add("cuCtxSetCurrent", () -> JCudaDriver.cuCtxSetCurrent(context));
  }

  /** A kernel by its name. */
  Function function(String name) {
    return functions.computeIfAbsent(name, this::find);
  }

  private Function find(String name) {
    makeCurrent();
    CUfunction handle = new CUfunction();
    Driver.check(
        JCudaDriver.cuModuleGetFunction(handle, module, name), "cuModuleGetFunction of " + name);
    return new Function(name, handle, ptx.threads().get(name));
  }

  /** Where the next launch's struct is written. */
  ByteBuffer arguments() {
    return arguments;
  }

  /** Enqueues a launch with the struct in {@link #arguments}. */
  void launch(Function function, int gridX, int gridY, int gridZ) {
    makeCurrent();
    int result =
        JCudaDriver.cuLaunchKernel(
            function.handle(),
            gridX,
            gridY,
            gridZ,
            function.threads(),
            1,
            1,
            0,
            compute,
            parameters,
            null);
    if (result != 0) {
      Driver.check(result, "cuLaunchKernel of " + function.name());
    }
  }

  /** Enqueues zeros for a whole buffer. */
  void clear(DeviceBuffer buffer) {
    Driver.check(
        JCudaDriver.cuMemsetD32Async(buffer.pointer(), 0, Math.max(1, buffer.floats()), compute),
        "cuMemsetD32Async");
  }

  /** Waits for all that has been enqueued. */
  void synchronize() {
    Driver.check(JCudaDriver.cuStreamSynchronize(compute), "cuStreamSynchronize");
  }

  CUstream compute() {
    return compute;
  }

  CUstream copies() {
    return copies;
  }

  @Override
  public void close() {
    makeCurrentIn(handles);
    handles.close();
  }
}
