package dev.linnet.kernels.opencl.device;

/**
 * {@code y = factor · f(x)} for each element: activations, copies between layouts, zeros (a factor
 * of 0 does not read x) and broadcasts (strides of 0).
 */
public final class Unary extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  int flat;
  int function;
  float factor;
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
    int i = getGlobalId(0);
    if (i < size) {
      int from = x + i;
      int to = y + i;
      if (flat == 0) {
        int c = i % channels;
        int pixel = i / channels;
        int w = pixel % width;
        int row = pixel / width;
        int h = row % height;
        int n = row / height;
        from = x + n * xn + h * xh + w * xw + c;
        to = y + n * yn + h * yh + w * yw + c;
      }
      float value = 0f;
      if (factor != 0f) {
        value = factor * activate(function, mem[from]);
      }
      mem[to] = value;
    }
  }
}
