package dev.linnet.kernels.opencl.device;

/**
 * Mean and variance of every channel from those of {@link MomentParts}, block by block (Chan, Golub
 * and LeVeque 1979).
 */
public final class MomentMerge extends DeviceKernel {
  int pixels;
  int perBlock;
  int blocks;
  int channels;
  int parts;
  int y;

  @Override
  public void run() {
    count();
    int c = getGlobalId(0);
    if (c < channels) {
      float mean = 0f;
      float squares = 0f;
      float merged = 0f;
      for (int block = 0; block < blocks; block++) {
        float size = min(perBlock, pixels - block * perBlock);
        float difference = mem[parts + 2 * block * channels + c] - mean;
        float all = merged + size;
        mean += difference * (size / all);
        squares +=
            mem[parts + (2 * block + 1) * channels + c]
                + difference * difference * (merged * (size / all));
        merged = all;
      }
      mem[y + c] = mean;
      mem[y + channels + c] = squares / merged;
    }
  }
}
