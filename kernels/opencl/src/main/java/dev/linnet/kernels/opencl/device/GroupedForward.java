package dev.linnet.kernels.opencl.device;

/** Depthwise and grouped convolution. A work item has one element of y. */
public final class GroupedForward extends DeviceKernel {
  int size;
  int height;
  int width;
  int outHeight;
  int outWidth;
  int channels;
  int outChannels;
  int perGroup;
  int outputs;
  int kernelHeight;
  int kernelWidth;
  int strideHeight;
  int strideWidth;
  int dilationHeight;
  int dilationWidth;
  int top;
  int left;
  int x;
  int xn;
  int xh;
  int xw;
  int weights;
  int y;
  int yn;
  int yh;
  int yw;

  @Override
  public void run() {
    count();
    int index = getGlobalId(0);
    if (index < size) {
      int o = index % outChannels;
      int pixel = index / outChannels;
      int q = pixel % outWidth;
      int row = pixel / outWidth;
      int p = row % outHeight;
      int n = row / outHeight;
      int from = x + n * xn + o / outputs * perGroup;
      int weight = weights + o * perGroup * kernelHeight * kernelWidth;
      float sum = 0f;
      for (int i = 0; i < kernelHeight; i++) {
        int h = p * strideHeight + i * dilationHeight - top;
        for (int j = 0; j < kernelWidth; j++) {
          int w = q * strideWidth + j * dilationWidth - left;
          if (h >= 0 && h < height && w >= 0 && w < width) {
            for (int c = 0; c < perGroup; c++) {
              sum +=
                  mem[from + h * xh + w * xw + c]
                      * mem[weight + (c * kernelHeight + i) * kernelWidth + j];
            }
          }
        }
      }
      mem[y + n * yn + p * yh + q * yw + o] = sum;
    }
  }
}
