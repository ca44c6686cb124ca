package dev.linnet.kernels.opencl.device;

/**
 * Gathers for each element of x the gradients of the windows in which it is the first largest. A
 * work item has one element, so nothing is added by two.
 */
public final class MaxPoolGradient extends DeviceKernel {
  int size;
  int height;
  int width;
  int outHeight;
  int outWidth;
  int channels;
  int kernelHeight;
  int kernelWidth;
  int strideHeight;
  int strideWidth;
  int dilationHeight;
  int dilationWidth;
  int top;
  int left;
  int dy;
  int dyn;
  int dyh;
  int dyw;
  int x;
  int xn;
  int xh;
  int xw;
  int dx;
  int dxn;
  int dxh;
  int dxw;

  @Override
  public void run() {
    count();
    int index = getGlobalId(0);
    if (index < size) {
      int c = index % channels;
      int pixel = index / channels;
      int w = pixel % width;
      int row = pixel / width;
      int h = row % height;
      int n = row / height;
      float sum = 0f;
      for (int i = kernelHeight - 1; i >= 0; i--) {
        int p = h + top - i * dilationHeight;
        for (int j = kernelWidth - 1; j >= 0; j--) {
          int q = w + left - j * dilationWidth;
          if (p >= 0 && q >= 0 && p % strideHeight == 0 && q % strideWidth == 0) {
            int outRow = p / strideHeight;
            int outColumn = q / strideWidth;
            if (outRow < outHeight && outColumn < outWidth) {
              if (first(n, outRow, outColumn, c) == i * kernelWidth + j) {
                sum += mem[dy + n * dyn + outRow * dyh + outColumn * dyw + c];
              }
            }
          }
        }
      }
      mem[dx + n * dxn + h * dxh + w * dxw + c] = sum;
    }
  }

  /** The tap of the first largest value under a window; −1 where it has none. */
  int first(int n, int p, int q, int c) {
    int tap = -1;
    float best = 0f;
    for (int i = 0; i < kernelHeight; i++) {
      int h = p * strideHeight + i * dilationHeight - top;
      for (int j = 0; j < kernelWidth; j++) {
        int w = q * strideWidth + j * dilationWidth - left;
        if (h >= 0 && h < height && w >= 0 && w < width) {
          float value = mem[x + n * xn + h * xh + w * xw + c];
          if (tap < 0 || value > best) {
            best = value;
            tap = i * kernelWidth + j;
          }
        }
      }
    }
    return tap;
  }
}
