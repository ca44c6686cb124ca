package dev.linnet.kernels.opencl.device;

/** One step of {@link dev.linnet.core.graph.Adam}. */
public final class AdamStep extends DeviceKernel {
  int size;
  float beta1;
  float beta2;
  float epsilon;
  float decay;
  int parameter;
  int gradient;
  int first;
  int second;
  int scale;
  int rate;
  int corrections;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size && mem[scale] != 0f) {
      float g = mem[scale] * mem[gradient + i];
      float m = beta1 * mem[first + i] + (1f - beta1) * g;
      float v = beta2 * mem[second + i] + (1f - beta2) * g * g;
      mem[first + i] = m;
      mem[second + i] = v;
      float root = sqrt(v / mem[corrections + 1]);
      float step = m / mem[corrections] / (root + epsilon) + decay * mem[parameter + i];
      mem[parameter + i] = mem[parameter + i] - mem[rate] * step;
    }
  }
}
