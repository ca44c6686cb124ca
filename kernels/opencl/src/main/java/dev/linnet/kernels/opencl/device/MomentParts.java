package dev.linnet.kernels.opencl.device;

/**
 * Mean and sum of squared deviations of every channel over a block of pixels: {@code parts[block,
 * 0, c]} and {@code parts[block, 1, c]}. A work item has one channel of one block, and reads the
 * block twice, so that nothing cancels.
 */
public final class MomentParts extends DeviceKernel {
  int pixels;
  int perBlock;
  int height;
  int width;
  int channels;
  int x;
  int xn;
  int xh;
  int xw;
  int parts;

  @Override
  public void run() {
    count();
    int c = getGlobalId(0);
    int block = getGlobalId(1);
    int first = block * perBlock;
    int end = min(first + perBlock, pixels);
    if (c < channels && first < end) {
      float sum = 0f;
      for (int p = first; p < end; p++) {
        sum += mem[at(p) + c];
      }
      float mean = sum / (end - first);
      float squares = 0f;
      for (int p = first; p < end; p++) {
        float centred = mem[at(p) + c] - mean;
        squares += centred * centred;
      }
      mem[parts + 2 * block * channels + c] = mean;
      mem[parts + (2 * block + 1) * channels + c] = squares;
    }
  }

  /** Where channel 0 of a pixel is. */
  int at(int pixel) {
    int row = pixel / width;
    return x + row / height * xn + row % height * xh + pixel % width * xw;
  }
}
