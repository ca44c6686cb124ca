package dev.linnet.kernels.opencl.device;

/**
 * Sums of squares of a dense tensor x: work item i has the elements i, i + {@code parts}, …; {@code
 * sums[i, 0]} is their largest magnitude m and {@code sums[i, 1]} is {@code Σ (x / m)²}, which
 * neither overflows nor vanishes.
 */
public final class SquareParts extends DeviceKernel {
  int size;
  int parts;
  int x;
  int sums;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < parts) {
      float largest = 0f;
      for (int k = i; k < size; k += parts) {
        float magnitude = abs(mem[x + k]);
        largest = magnitude > largest ? magnitude : largest;
      }
      float divisor = largest == 0f ? 1f : largest;
      float sum = 0f; // NaN if any element is
      for (int k = i; k < size; k += parts) {
        float part = mem[x + k] / divisor;
        sum += part * part;
      }
      mem[sums + 2 * i] = largest;
      mem[sums + 2 * i + 1] = sum;
    }
  }
}
