package dev.linnet.kernels.opencl.device;

/**
 * Sums of every channel over a block of pixels. With {@code normed} 1: {@code Σ g · x̂} and {@code
 * Σ g} at {@code parts[block, 0, c]} and {@code parts[block, 1, c]}, with {@code g = dy · f′(γ · x̂
 * + β)}; with {@code normed} 0: {@code Σ dy} at {@code parts[block, c]}.
 */
public final class AffineParts extends DeviceKernel {
  int pixels;
  int perBlock;
  int height;
  int width;
  int channels;
  int normed;
  int function;
  float epsilon;
  int dy;
  int dyn;
  int dyh;
  int dyw;
  int x;
  int xn;
  int xh;
  int xw;
  int moments;
  int affine;
  int parts;

  @Override
  public void run() {
    count();
    int c = getGlobalId(0);
    int block = getGlobalId(1);
    int first = block * perBlock;
    int end = min(first + perBlock, pixels);
    if (c < channels && first < end) {
      float mean = 0f;
      float inverse = 1f;
      float scale = 1f;
      float shift = 0f;
      if (normed == 1) {
        mean = mem[moments + c];
        inverse = 1f / sqrt(mem[moments + channels + c] + epsilon);
        if (function != IDENTITY) {
          scale = mem[affine + c] * inverse;
          shift = mem[affine + channels + c];
        }
      }
      float gamma = 0f;
      float beta = 0f;
      for (int p = first; p < end; p++) {
        int row = p / width;
        int n = row / height;
        int h = row % height;
        int w = p % width;
        float g = mem[dy + n * dyn + h * dyh + w * dyw + c];
        if (normed == 1) {
          float centred = mem[x + n * xn + h * xh + w * xw + c] - mean;
          g = g * slope(function, centred * scale + shift);
          gamma += g * (centred * inverse);
        }
        beta += g;
      }
      if (normed == 1) {
        mem[parts + 2 * block * channels + c] = gamma;
        mem[parts + (2 * block + 1) * channels + c] = beta;
      } else {
        mem[parts + block * channels + c] = beta;
      }
    }
  }
}
