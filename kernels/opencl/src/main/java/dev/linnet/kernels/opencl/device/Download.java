package dev.linnet.kernels.opencl.device;

/**
 * Gathers dense values for the host: elements {@code first …} of x, which has h × w pixels of c
 * channels, and behind them the number of launches.
 */
public final class Download extends DeviceKernel {
  float[] staged;
  int size;
  int first;
  int x;
  int xn;
  int xh;
  int xw;
  int height;
  int width;
  int channels;

  @Override
  public void run() {
    int i = getGlobalId(0);
    if (i < size) {
      int element = first + i;
      int c = element % channels;
      int pixel = element / channels;
      int w = pixel % width;
      int row = pixel / width;
      staged[i] = mem[x + row / height * xn + row % height * xh + w * xw + c];
    }
    if (i == size) {
      staged[i] = mem[COUNTER];
    }
  }
}
