package dev.linnet.kernels.opencl.device;

/**
 * {@code dx = γ / √(variance + ε) · (g − (dβ + x̂ · dγ) · perElement)} with {@code g = dy · f′(γ ·
 * x̂ + β)}; sums are dγ and dβ.
 */
public final class NormGradient extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  int function;
  float epsilon;
  float perElement;
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
  int sums;
  int dx;
  int dxn;
  int dxh;
  int dxw;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      int c = i % channels;
      int pixel = i / channels;
      int w = pixel % width;
      int row = pixel / width;
      int h = row % height;
      int n = row / height;
      float inverse = 1f / sqrt(mem[moments + channels + c] + epsilon);
      float scale = mem[affine + c] * inverse;
      float centred = mem[x + n * xn + h * xh + w * xw + c] - mem[moments + c];
      float g = mem[dy + n * dyn + h * dyh + w * dyw + c];
      if (function != IDENTITY) {
        g = g * slope(function, centred * scale + mem[affine + channels + c]);
      }
      float gamma = mem[sums + c] * perElement;
      float beta = mem[sums + channels + c] * perElement;
      mem[dx + n * dxn + h * dxh + w * dxw + c] = scale * (g - beta - centred * inverse * gamma);
    }
  }
}
