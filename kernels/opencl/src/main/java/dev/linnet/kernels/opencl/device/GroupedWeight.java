package dev.linnet.kernels.opencl.device;

/**
 * The gradient of a depthwise or grouped convolution with respect to its weights, over a block of
 * output pixels: {@code parts[block, O, I/groups, kh, kw]}, summed in order by {@link SumParts}. A
 * work item has one weight of one block; neighbours have neighbouring output channels.
 */
public final class GroupedWeight extends DeviceKernel {
  int size;
  int pixels;
  int perBlock;
  int height;
  int width;
  int outHeight;
  int outWidth;
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
  int dy;
  int dyn;
  int dyh;
  int dyw;
  int x;
  int xn;
  int xh;
  int xw;
  int parts;

  @Override
  public void run() {
    count();
    int index = getGlobalId(0);
    int block = getGlobalId(1);
    int first = block * perBlock;
    int end = min(first + perBlock, pixels);
    if (index < size && first < end) {
      int taps = kernelHeight * kernelWidth;
      int o = index % outChannels;
      int rest = index / outChannels;
      int c = rest % perGroup;
      int tap = rest / perGroup;
      int down = tap / kernelWidth * dilationHeight - top;
      int right = tap % kernelWidth * dilationWidth - left;
      int from = x + o / outputs * perGroup + c;
      float sum = 0f;
      for (int pixel = first; pixel < end; pixel++) {
        int q = pixel % outWidth;
        int row = pixel / outWidth;
        int p = row % outHeight;
        int n = row / outHeight;
        int h = p * strideHeight + down;
        int w = q * strideWidth + right;
        if (h >= 0 && h < height && w >= 0 && w < width) {
          sum += mem[dy + n * dyn + p * dyh + q * dyw + o] * mem[from + n * xn + h * xh + w * xw];
        }
      }
      mem[parts + block * size + (o * perGroup + c) * taps + tap] = sum;
    }
  }
}
