package dev.linnet.kernels.opencl.device;

/** The mean under each window. A work item has one element of y. */
public final class AvgPool extends DeviceKernel {
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
      int fromRow = max(p * strideHeight - top, 0);
      int toRow = min(p * strideHeight - top + kernelHeight, height);
      int fromColumn = max(q * strideWidth - left, 0);
      int toColumn = min(q * strideWidth - left + kernelWidth, width);
      float sum = 0f;
      for (int h = fromRow; h < toRow; h++) {
        for (int w = fromColumn; w < toColumn; w++) {
          sum += mem[x + n * xn + h * xh + w * xw + c];
        }
      }
      int counted = kernelHeight * kernelWidth;
      if (padded == 0) {
        counted = max(1, (toRow - fromRow) * (toColumn - fromColumn));
      }
      mem[y + n * yn + p * yh + q * yw + c] = sum * (1f / counted);
    }
  }
}
