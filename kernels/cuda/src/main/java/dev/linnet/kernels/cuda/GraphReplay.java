package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Backend;
import java.util.Set;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/**
 * Launches as a CUDA graph: made one by one the first time, recorded the second time, and from then
 * on started with one call of the driver.
 */
final class GraphReplay implements Backend.Replay {
  private final Gpu gpu;
  private final Runnable launches;
  private final Set<GraphReplay> open;
  private final CUgraphExec executable = new CUgraphExec();
  private boolean ran;
  private boolean recorded;

  /**
   * Launches that were not made yet.
   *
   * @param open gets those that hold a graph, for who closes the device
   */
  GraphReplay(Gpu gpu, Runnable launches, Set<GraphReplay> open) {
    this.gpu = gpu;
    this.launches = launches;
    this.open = open;
  }

  @Override
  public void run() {
    if (!ran) {
      launches.run();
      ran = true;
      return;
    }
    gpu.makeCurrent();
    if (!recorded) {
      record();
    }
    Driver.check(JCudaDriver.cuGraphLaunch(executable, gpu.compute()), "cuGraphLaunch");
  }

  private void record() {
    CUgraph graph = new CUgraph();
    Driver.check(
        JCudaDriver.cuStreamBeginCapture(
            gpu.compute(), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED),
        "cuStreamBeginCapture");
    try (Handles made = new Handles()) {
      int ended;
      try {
        launches.run();
      } finally { // the stream leaves its capture whatever happens
        ended = JCudaDriver.cuStreamEndCapture(gpu.compute(), graph);
        if (ended == CUresult.CUDA_SUCCESS) {
          made.add("cuGraphDestroy", () -> JCudaDriver.cuGraphDestroy(graph));
        }
      }
      Driver.check(ended, "cuStreamEndCapture");
      Driver.check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
      recorded = true;
      open.add(this);
    }
  }

  @Override
  public void close() {
    if (recorded) {
      gpu.makeCurrent(); // where that fails, it stays among the open ones
      recorded = false;
      ran = false;
      open.remove(this);
      Driver.check(JCudaDriver.cuGraphExecDestroy(executable), "cuGraphExecDestroy");
    }
  }

  /** Has it closed with others. */
  void closeIn(Handles handles) {
    if (recorded) {
      recorded = false;
      handles.add("cuGraphExecDestroy", () -> JCudaDriver.cuGraphExecDestroy(executable));
    }
  }
}
