package dev.linnet.kernels.opencl.device;

/** {@code y[i] = value} for {@code i < size}. */
public final class Fill extends DeviceKernel {
  int y;
  int size;
  float value;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      mem[y + i] = value;
    }
  }
}
