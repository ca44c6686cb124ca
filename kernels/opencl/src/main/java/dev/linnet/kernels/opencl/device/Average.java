package dev.linnet.kernels.opencl.device;

/** {@code average += rate · (value − average)}. */
public final class Average extends DeviceKernel {
  int size;
  int average;
  int value;
  int rate;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      float old = mem[average + i];
      mem[average + i] = old + mem[rate] * (mem[value + i] - old);
    }
  }
}
