package dev.linnet.kernels.opencl.device;

/**
 * Spreads dense host values: elements {@code first …} of y, which has h × w pixels of c channels.
 */
public final class Upload extends DeviceKernel {
  float[] staged;
  int size;
  int first;
  int y;
  int yn;
  int yh;
  int yw;
  int height;
  int width;
  int channels;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      int element = first + i;
      int c = element % channels;
      int pixel = element / channels;
      int w = pixel % width;
      int row = pixel / width;
      mem[y + row / height * yn + row % height * yh + w * yw + c] = staged[i];
    }
  }
}
