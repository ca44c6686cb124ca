package dev.linnet.kernels.opencl.device;

/** {@code y[i] = x[i]} for {@code i < size}, for the bandwidth of a device's memory. */
public final class CopyFloats extends DeviceKernel {
  int x;
  int y;
  int size;

  @Override
  public void run() {
    int i = getGlobalId(0);
    if (i < size) {
      mem[y + i] = mem[x + i];
    }
  }
}
