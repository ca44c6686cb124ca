package dev.linnet.kernels.opencl.device;

/** {@code y = x} under the mask of {@link dev.linnet.core.graph.Dropout}, in 64-bit arithmetic. */
public final class Drop extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  float rate;
  float kept;
  long salt;
  int key;
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
      int c = i % channels;
      int pixel = i / channels;
      int w = pixel % width;
      int row = pixel / width;
      int h = row % height;
      int n = row / height;
      long mixed = ((long) mem[key] << 40) ^ ((long) mem[key + 1] << 16) ^ salt;
      mixed += i * 0xD1342543DE82EF95L;
      mixed = (mixed ^ right(mixed, 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ right(mixed, 27)) * 0x94D049BB133111EBL;
      mixed = mixed ^ right(mixed, 31);
      float uniform = (float) right(mixed, 40) * (1f / 16777216f);
      float factor = uniform < rate ? 0f : kept;
      mem[y + n * yn + h * yh + w * yw + c] = mem[x + n * xn + h * xh + w * xw + c] * factor;
    }
  }

  /** The shift to the right that brings in zeros, of an arithmetic one. */
  long right(long value, int bits) {
    return (value >> bits) & ((1L << (64 - bits)) - 1L);
  }
}
