package dev.linnet.bench.cases;

/** A case with its buffers filled, ready to run as often as one likes. */
public interface Prepared extends AutoCloseable {
  /** Starts it once; a device may still run when this returns. */
  void enqueue();

  /** Runs it once and waits for it. */
  void run();

  /** Floating-point operations of one run: two for each multiply-accumulate, nothing else. */
  long flops();

  /**
   * Bytes that one run has to move at least, padding and borders included: every input read once,
   * the result written once. 0 where that says nothing, as for a whole network.
   */
  long bytes();

  /** Bytes of the buffers that one run touches; 0 where {@link #bytes} is. */
  long footprint();

  /**
   * The result of the last run, dense: of a kernel its output, or for an update the first input
   * that it modifies; of a network its logits or its loss.
   */
  float[] result();

  @Override
  void close();
}
