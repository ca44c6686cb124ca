package dev.linnet.core.exec;

/**
 * A kernel of one pass.
 *
 * @param count its slices
 * @param body does one of them
 */
record SlicedKernel(int count, Body body) implements HostKernel {
  /** Does one slice; allocates nothing. */
  interface Body {
    void run(Args args, int slice);
  }

  @Override
  public int slices(int pass) {
    return count;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    body.run(args, slice);
  }
}
