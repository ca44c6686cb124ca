package dev.linnet.kernels.opencl.device;

/** One step of {@link dev.linnet.core.graph.Sgd}. */
public final class SgdStep extends DeviceKernel {
  int size;
  float momentum;
  float decay;
  int nesterov;
  int parameter;
  int gradient;
  int velocity;
  int scale;
  int rate;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size && mem[scale] != 0f) {
      float g = mem[scale] * mem[gradient + i] + decay * mem[parameter + i];
      float v = momentum * mem[velocity + i] + g;
      float step = nesterov == 1 ? g + momentum * v : v;
      mem[velocity + i] = v;
      mem[parameter + i] = mem[parameter + i] - mem[rate] * step;
    }
  }
}
