package dev.linnet.kernels.opencl.device;

/** {@code y[i] = Σ parts[block, i]} for {@code i < size}, block by block in their order. */
public final class SumParts extends DeviceKernel {
  int size;
  int blocks;
  int parts;
  int y;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      float sum = 0f;
      for (int block = 0; block < blocks; block++) {
        sum += mem[parts + block * size + i];
      }
      mem[y + i] = sum;
    }
  }
}
