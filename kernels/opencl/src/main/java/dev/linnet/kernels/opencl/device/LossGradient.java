package dev.linnet.kernels.opencl.device;

/**
 * {@code (softmax(x) − target) · dloss / rows}, 0 in rows that do not count. A work item has one
 * row.
 */
public final class LossGradient extends DeviceKernel {
  int batch;
  int classes;
  float smoothing;
  int dloss;
  int x;
  int xn;
  int labels;
  int dx;
  int dxn;

  @Override
  public void run() {
    count();
    int n = getGlobalId(0);
    if (n < batch) {
      float counted = 0f;
      for (int m = 0; m < batch; m++) {
        counted += mem[labels + m] >= 0f ? 1f : 0f;
      }
      float scale = mem[dloss] / (counted < 1f ? 1f : counted);
      int at = x + n * xn;
      float label = mem[labels + n];
      float largest = mem[at];
      for (int k = 1; k < classes; k++) {
        largest = mem[at + k] > largest ? mem[at + k] : largest;
      }
      float own = 0f;
      if (label >= 0f && label < classes) {
        own = exp(mem[at + (int) label] - largest);
      }
      float others = 0f;
      for (int k = 0; k < classes; k++) {
        others += k == (int) label ? 0f : exp(mem[at + k] - largest);
      }
      float sum = own + others;
      float smoothed = smoothing / classes;
      for (int k = 0; k < classes; k++) {
        float difference = exp(mem[at + k] - largest) / sum - smoothed;
        if (k == (int) label) {
          difference = smoothing - smoothed - others / sum; // p − 1 without cancellation
        }
        mem[dx + n * dxn + k] = label >= 0f ? difference * scale : 0f;
      }
    }
  }
}
