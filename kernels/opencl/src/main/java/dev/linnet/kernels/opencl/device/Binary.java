package dev.linnet.kernels.opencl.device;

/**
 * {@code y = a ∘ b} for each element, b possibly broadcast by strides of 0. The operation: 0 is a +
 * b, 1 is a · b, 2 is {@code a · f′(b)}.
 */
public final class Binary extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  int flat;
  int operation;
  int function;
  int a;
  int an;
  int ah;
  int aw;
  int b;
  int bn;
  int bh;
  int bw;
  int y;
  int yn;
  int yh;
  int yw;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      int first = a + i;
      int second = b + i;
      int to = y + i;
      if (flat == 0) {
        int c = i % channels;
        int pixel = i / channels;
        int w = pixel % width;
        int row = pixel / width;
        int h = row % height;
        int n = row / height;
        first = a + n * an + h * ah + w * aw + c;
        second = b + n * bn + h * bh + w * bw + c;
        to = y + n * yn + h * yh + w * yw + c;
      }
      float left = mem[first];
      float right = mem[second];
      float value = left + right;
      if (operation == 1) {
        value = left * right;
      } else if (operation == 2) {
        value = left * slope(function, right);
      }
      mem[to] = value;
    }
  }
}
