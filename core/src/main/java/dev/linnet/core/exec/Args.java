package dev.linnet.core.exec;

import java.util.List;

/** The buffers that one launch of a kernel works on. Made once, when a program is compiled. */
public final class Args {
  private final Buffer[] inputs;
  private final Buffer output;
  private final Buffer prepared;
  private final Buffer workspace;
  private Object bound;

  /**
   * Binds buffers.
   *
   * @param output where the result goes; {@code null} for an update
   * @param prepared of at least {@link Kernel#prepared()} floats; {@code null} where that is 0
   * @param workspace of at least {@link Kernel#workspace()} floats; {@code null} where that is 0
   */
  public Args(List<Buffer> inputs, Buffer output, Buffer prepared, Buffer workspace) {
    this.inputs = inputs.toArray(Buffer[]::new);
    this.output = output;
    this.prepared = prepared;
    this.workspace = workspace;
  }

  /** The number of inputs. */
  public int size() {
    return inputs.length;
  }

  /** Input {@code index}. */
  public Buffer input(int index) {
    return inputs[index];
  }

  /** The result's buffer. */
  public Buffer output() {
    return output;
  }

  /** What {@link Kernel#prepare} wrote last. */
  public Buffer prepared() {
    return prepared;
  }

  /** Scratch memory; its contents are unspecified before and after. */
  public Buffer workspace() {
    return workspace;
  }

  /**
   * What the kernel that these buffers belong to keeps with them, such as a launch whose arguments
   * are set; null until {@link #bind}.
   */
  public Object bound() {
    return bound;
  }

  /** Keeps something with the buffers, so that later launches need not make it again. */
  public void bind(Object launch) {
    bound = launch;
  }

  /** Input {@code index} of a host backend. */
  public float[] in(int index) {
    return ((HostBuffer) inputs[index]).array();
  }

  /** The result's array of a host backend. */
  public float[] out() {
    return ((HostBuffer) output).array();
  }

  /** The prepared values of a host backend. */
  public float[] ready() {
    return ((HostBuffer) prepared).array();
  }

  /** The scratch array of a host backend. */
  public float[] scratch() {
    return ((HostBuffer) workspace).array();
  }
}
