package dev.linnet.kernels.cuda;

import dev.linnet.bench.gpu.Clock;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/**
 * The device's own clock: an event before the launches and one behind them, on their stream. It is
 * in the package of the backend, which shows its stream to nobody else; it works on a class path.
 */
final class CudaEvents implements Clock {
  private static final int TIMING = 0;
  private static final double MILLI = 1e-3;

  private final Gpu gpu;
  private final Handles handles = new Handles();
  private final CUevent start;
  private final CUevent end;
  private final float[] millis = new float[1];

  CudaEvents(Gpu gpu) {
    this.gpu = gpu;
    gpu.makeCurrent();
    this.start = event();
    this.end = event();
  }

  private CUevent event() {
    CUevent event = new CUevent();
    Driver.check(JCudaDriver.cuEventCreate(event, TIMING), "cuEventCreate");
    handles.add("cuEventDestroy", () -> JCudaDriver.cuEventDestroy(event));
    return event;
  }

  @Override
  public String name() {
    return "CUDA events on the stream of the launches";
  }

  @Override
  public double seconds(Runnable launches) {
    gpu.makeCurrent();
    Driver.check(JCudaDriver.cuEventRecord(start, gpu.compute()), "cuEventRecord");
    launches.run();
    gpu.makeCurrent();
    Driver.check(JCudaDriver.cuEventRecord(end, gpu.compute()), "cuEventRecord");
    Driver.check(JCudaDriver.cuEventSynchronize(end), "cuEventSynchronize");
    Driver.check(JCudaDriver.cuEventElapsedTime(millis, start, end), "cuEventElapsedTime");
    return MILLI * millis[0];
  }

  @Override
  public void close() {
    gpu.makeCurrentIn(handles);
    handles.close();
  }
}
