package dev.linnet.kernels.opencl.device;

/**
 * Softmax cross-entropy of each row n: {@code rows[n, 0]} its loss and {@code rows[n, 1]} whether
 * it counts. A work item has one row.
 */
public final class LossRows extends DeviceKernel {
  int batch;
  int classes;
  float smoothing;
  int x;
  int xn;
  int labels;
  int rows;

  @Override
  public void run() {
    count();
    int n = getGlobalId(0);
    if (n < batch) {
      int at = x + n * xn;
      float label = mem[labels + n];
      int peak = 0;
      for (int k = 1; k < classes; k++) {
        peak = mem[at + k] > mem[at + peak] ? k : peak;
      }
      float largest = mem[at + peak];
      float others = 0f; // without the largest, whose exponential is 1
      for (int k = 0; k < classes; k++) {
        others += k == peak ? 0f : exp(mem[at + k] - largest);
      }
      float normalizer = log1p(others);
      float loss = 0f;
      for (int k = 0; k < classes; k++) {
        float target = smoothing / classes;
        if ((int) label == k) {
          target = target + (1f - smoothing);
        }
        loss += target * (normalizer - (mem[at + k] - largest));
      }
      mem[rows + 2 * n] = label >= 0f ? loss : 0f;
      mem[rows + 2 * n + 1] = label >= 0f ? 1f : 0f;
    }
  }
}
