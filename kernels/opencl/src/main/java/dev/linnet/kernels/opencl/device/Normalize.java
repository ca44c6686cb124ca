package dev.linnet.kernels.opencl.device;

/**
 * {@code y = f(shift(x) + residual)}. The shift: 0 is none, 1 adds {@code shift[c]}, 2 is batch
 * norm by moments and affine. With {@code added} 1 there is a residual r.
 */
public final class Normalize extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  int kind;
  int added;
  int function;
  float epsilon;
  int x;
  int xn;
  int xh;
  int xw;
  int moments;
  int affine;
  int shift;
  int r;
  int rn;
  int rh;
  int rw;
  int y;
  int yn;
  int yh;
  int yw;

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
      float value = mem[x + n * xn + h * xh + w * xw + c];
      if (kind == 1) {
        value = value + mem[shift + c];
      } else if (kind == 2) {
        float scale = mem[affine + c] * (1f / sqrt(mem[moments + channels + c] + epsilon));
        value = (value - mem[moments + c]) * scale + mem[affine + channels + c];
      }
      if (added == 1) {
        value = value + mem[r + n * rn + h * rh + w * rw + c];
      }
      mem[y + n * yn + h * yh + w * yw + c] = activate(function, value);
    }
  }
}
