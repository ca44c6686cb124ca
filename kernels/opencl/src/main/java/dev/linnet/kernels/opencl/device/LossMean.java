package dev.linnet.kernels.opencl.device;

/** The mean of {@link LossRows} over the rows that count, by one work item. */
public final class LossMean extends DeviceKernel {
  int batch;
  int rows;
  int y;

  @Override
  public void run() {
    count();
    if (getGlobalId(0) == 0) {
      float sum = 0f;
      float counted = 0f;
      for (int n = 0; n < batch; n++) {
        sum += mem[rows + 2 * n];
        counted += mem[rows + 2 * n + 1];
      }
      mem[y] = sum / (counted < 1f ? 1f : counted);
    }
  }
}
