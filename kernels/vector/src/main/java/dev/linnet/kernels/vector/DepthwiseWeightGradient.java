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
   * @param row the first one
   * @param x where the first window of an image starts for it
   */
  record KernelRows(
      DepthwiseGradientLoops loops, DepthwiseGradientLoops.Steps steps, int row, int x) {}

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
    int end = Spans.first(dy.batch(), slice + 1, chunks);
    for (int n = Spans.first(dy.batch(), slice, chunks); n < end; n++) {
      for (int v = 0; v < channels.sums(); v += LANES) {
        int channel = Math.min(v, channels.stride() - LANES);
        for (int i = 0; i < rows.size(); i++) {
          KernelRows part = rows.get(i);
          part.loops()
              .sum(
                  part.steps(),
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
