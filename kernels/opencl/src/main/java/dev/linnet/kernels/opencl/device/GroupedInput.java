package dev.linnet.kernels.opencl.device;

/**
 * The gradient of a depthwise or grouped convolution with respect to x. A work item has one element
 * of x.
 */
public final class GroupedInput extends DeviceKernel {
  int size;
  int height;
  int width;
  int outHeight;
  int outWidth;
  int channels;
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
  int dy;
  int dyn;
  int dyh;
  int dyw;
  int weights;
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
      int taps = kernelHeight * kernelWidth;
      int group = c / perGroup;
      int firstOutput = group * outputs;
      int from = dy + n * dyn;
      float sum = 0f;
      for (int i = 0; i < kernelHeight; i++) {
        int p = h + top - i * dilationHeight;
        for (int j = 0; j < kernelWidth; j++) {
          int q = w + left - j * dilationWidth;
          if (p >= 0 && q >= 0 && p % strideHeight == 0 && q % strideWidth == 0) {
            int outRow = p / strideHeight;
            int outColumn = q / strideWidth;
            if (outRow < outHeight && outColumn < outWidth) {
              int tap = c % perGroup * taps + i * kernelWidth + j;
              for (int o = firstOutput; o < firstOutput + outputs; o++) {
                sum +=
                    mem[from + outRow * dyh + outColumn * dyw + o]
                        * mem[weights + o * perGroup * taps + tap];
              }
            }
          }
        }
      }
      mem[dx + n * dxn + h * dxh + w * dxw + c] = sum;
    }
  }
}
