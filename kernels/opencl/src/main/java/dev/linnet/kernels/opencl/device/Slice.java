package dev.linnet.kernels.opencl.device;

/**
 * Between a dense tensor and its leading slice, either way, of up to four extents: {@code y[i, j,
 * k, l] = x[i, j, k, l]} where x has such an element, else 0. The extents of y are any, j, k, l;
 * those of x are xi, xj, xk, xl.
 */
public final class Slice extends DeviceKernel {
  int size;
  int yj;
  int yk;
  int yl;
  int xi;
  int xj;
  int xk;
  int xl;
  int x;
  int y;

  @Override
  public void run() {
    count();
    int at = getGlobalId(0);
    if (at < size) {
      int l = at % yl;
      int rest = at / yl;
      int k = rest % yk;
      int rest2 = rest / yk;
      int j = rest2 % yj;
      int i = rest2 / yj;
      float value = 0f;
      if (i < xi && j < xj && k < xk && l < xl) {
        value = mem[x + ((i * xj + j) * xk + k) * xl + l];
      }
      mem[y + at] = value;
    }
  }
}
