package dev.linnet.kernels.opencl.device;

/** Gathers for each element of x its part of the windows over it. A work item has one element. */
public final class AvgPoolGradient extends DeviceKernel {
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
  int top;
  int left;
  int padded;
  int dy;
  int dyn;
  int dyh;
  int dyw;
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
        int p = h + top - i;
        for (int j = kernelWidth - 1; j >= 0; j--) {
          int q = w + left - j;
          if (p >= 0 && q >= 0 && p % strideHeight == 0 && q % strideWidth == 0) {
            int outRow = p / strideHeight;
            int outColumn = q / strideWidth;
            if (outRow < outHeight && outColumn < outWidth) {
              float gradient = mem[dy + n * dyn + outRow * dyh + outColumn * dyw + c];
              sum +=
                  gradient
                      * (1f / counted(outRow * strideHeight - top, outColumn * strideWidth - left));
            }
          }
        }
      }
      mem[dx + n * dxn + h * dxh + w * dxw + c] = sum;
    }
  }

  /** The divisor of the window whose first tap is at (row, column) of the unpadded image. */
  int counted(int tapRow, int tapColumn) {
    int all = kernelHeight * kernelWidth;
    if (padded == 0) {
      int rows = min(tapRow + kernelHeight, height) - max(tapRow, 0);
      int columns = min(tapColumn + kernelWidth, width) - max(tapColumn, 0);
      all = max(1, rows * columns);
    }
    return all;
  }
}
