package dev.linnet.kernels.opencl.device;

/**
 * {@code min(1, maxNorm / ‖g‖)} from the sums of {@link SquareParts}; 0 where the norm is not
 * finite. By one work item.
 */
public final class ClipFactor extends DeviceKernel {
  int parts;
  float maxNorm;
  int sums;
  int y;

  @Override
  public void run() {
    count();
    if (getGlobalId(0) == 0) {
      float largest = 0f;
      for (int i = 0; i < parts; i++) {
        float magnitude = mem[sums + 2 * i];
        largest = magnitude > largest ? magnitude : largest;
      }
      float divisor = largest == 0f ? 1f : largest;
      float sum = 0f;
      for (int i = 0; i < parts; i++) {
        float ratio = mem[sums + 2 * i] / divisor;
        sum += ratio * ratio * mem[sums + 2 * i + 1];
      }
      float norm = sqrt(sum);
      float factor = 1f;
      if (largest != 0f) {
        float quotient = maxNorm / divisor / norm;
        factor = quotient < 1f ? quotient : 1f;
      }
      mem[y] = norm <= Float.MAX_VALUE ? factor : 0f; // it is relative to the largest: NaN or small
    }
  }
}
