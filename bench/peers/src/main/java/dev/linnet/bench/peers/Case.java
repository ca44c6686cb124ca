package dev.linnet.bench.peers;

import java.util.function.Supplier;

/**
 * One comparison: the same work for Linnet and for a peer.
 *
 * @param group what it belongs to, such as {@code conv17}
 * @param name unique in its group
 * @param threads of each engine
 * @param unit GFLOP/s or images/s
 * @param quantity of one run, in billions of operations or in images
 * @param gigaflops billions of operations of one run, by the network's multiply-accumulates; 0
 *     where a fraction of the peak says nothing
 * @param tolerance of {@link Agreement}
 * @param linnet makes Linnet's side
 * @param peerName the other engine
 * @param peer makes the other side
 */
record Case(
    String group,
    String name,
    int threads,
    String unit,
    double quantity,
    double gigaflops,
    double tolerance,
    Supplier<Contender> linnet,
    String peerName,
    Supplier<Contender> peer) {
  /** The unit of kernels. */
  static final String GFLOPS = "GFLOP/s";

  /** The unit of networks. */
  static final String IMAGES = "images/s";

  /** What engines that add up in another order may differ by. */
  static final double TOLERANCE = 1e-3;
}
