package dev.linnet.kernels.opencl.device;

/**
 * The largest value under each window; {@code lowest}, which is −∞, where it has none. A work item
 * has one element of y.
 */
public final class MaxPool extends DeviceKernel {
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
  float lowest;
  int x;
  int xn;
  int xh;
  int xw;
  int y;
  int yn;
  int yh;
  int yw;

  @Override
  public void run() {
    count();
    int index = getGlobalId(0);
    if (index < size) {
      int c = index % channels;
      int pixel = index / channels;
      int q = pixel % outWidth;
      int row = pixel / outWidth;
      int p = row % outHeight;
      int n = row / outHeight;
      int found = 0;
      float best = lowest;
      for (int i = 0; i < kernelHeight; i++) {
        int h = p * strideHeight + i * dilationHeight - top;
        for (int j = 0; j < kernelWidth; j++) {
          int w = q * strideWidth + j * dilationWidth - left;
          if (h >= 0 && h < height && w >= 0 && w < width) {
            float value = mem[x + n * xn + h * xh + w * xw + c];
            if (found == 0 || value > best) {
              best = value;
              found = 1;
            }
          }
        }
      }
      mem[y + n * yn + p * yh + q * yw + c] = best;
    }
  }
}
