package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.graph.Window;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a depthwise convolution's weights: chunks of images first, each with all of its
 * sums; then their sums, in order.
 */
record DepthwiseWeightGradient(
    Window window, List<KernelRows> rows, Layout dy, Layout x, Channels channels, int chunks)
    implements HostKernel {
  private static final int LANES = Width.LANES;

  /**
   * Some kernel rows.
   *
   * @param loops for one vector of channels
   * @param pairs for two; null where there are none
   * @param row the first one
   * @param x where the first window of an image starts for it
   */
  record KernelRows(
      DepthwiseGradientLoops loops,
      DepthwiseGradientLoops pairs,
      DepthwiseGradientLoops.Steps steps,
      int row,
      int x) {}

  private int sums() {
    return window.taps() * channels.sums();
  }

  @Override
  public int workspace() {
    return chunks * sums();
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public int slices(int pass) {
    return pass == 0 ? chunks : 1;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    if (pass == 1) {
      store(args);
      return;
    }
    int first = slice * sums();
    Arrays.fill(args.scratch(), first, first + sums(), 0);
    boolean pairs = rows.get(0).pairs() != null;
    int end = Spans.first(dy.batch(), slice + 1, chunks);
    for (int n = Spans.first(dy.batch(), slice, chunks); n < end; n++) {
      if (Touch.pays(pairs ? 2 * LANES : LANES, dy, x)) {
        int at = dy.index(n, 0, 0);
        Touch.lines(args.in(0), at, dy.index(n, dy.height() - 1, dy.width()));
        Touch.lines(args.in(1), n * x.imageStride(), (n + 1) * x.imageStride());
      }
      int vectors;
      for (int v = 0; v < channels.sums(); v += vectors * LANES) {
        vectors = pairs && channels.sums() - v > LANES ? 2 : 1;
        int last = channels.stride() - LANES;
        int channel = Math.min(v, last);
        for (int i = 0; i < rows.size(); i++) {
          KernelRows part = rows.get(i);
          (vectors == 2 ? part.pairs() : part.loops())
              .sum(
                  part.steps(),
                  Math.min(LANES, last - channel),
                  args.in(0),
                  dy.index(n, 0, 0) + channel,
                  args.in(1),
                  part.x() + n * x.imageStride() + channel,
                  dy.height(),
                  args.scratch(),
                  first + (v * window.kernelHeight() + part.row() * LANES) * window.kernelWidth());
        }
      }
    }
  }

  /** Sums lie {@code [vector][kernel row][tap][lane]}. */
  private void store(Args args) {
    int taps = window.taps();
    for (int c = 0; c < channels.channels(); c++) {
      int slot = channels.slot(c);
      int at = slot / LANES * LANES * taps + slot % LANES;
      for (int tap = 0; tap < taps; tap++) {
        float sum = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
          sum += args.scratch()[chunk * sums() + at + tap * LANES];
        }
        args.out()[c * taps + tap] = sum;
      }
    }
  }
}
