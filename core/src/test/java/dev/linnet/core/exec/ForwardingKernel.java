package dev.linnet.core.exec;

import java.util.List;

/** Another kernel, for tests that look at its launches. */
class ForwardingKernel implements Kernel {
  private final Kernel kernel;

  ForwardingKernel(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public int workspace() {
    return kernel.workspace();
  }

  @Override
  public List<Integer> prepares() {
    return kernel.prepares();
  }

  @Override
  public int prepared() {
    return kernel.prepared();
  }

  @Override
  public void prepare(Args args) {
    kernel.prepare(args);
  }

  @Override
  public void run(Args args) {
    kernel.run(args);
  }
}
