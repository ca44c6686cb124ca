package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import java.util.Arrays;

/**
 * Plans operations with a value of its own for every channel: bias, gates, global pooling. Every
 * method returns null where the layouts do not fit vectors.
 */
final class ChannelKernels {
  private ChannelKernels() {}

  /** {@code x + bias}. */
  static HostKernel bias(OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    Plan plan = Plan.of(false, x, y);
    return plan == null
        ? null
        : new Mapping(
            plan,
            1,
            (args, channels, k) -> channels.spread(args.in(1), 0, k, 0),
            (p, args, i, k) ->
                ChannelLoops.shift(
                    args.in(0),
                    p.spans().start(x, i),
                    args.out(),
                    p.spans().start(y, i),
                    p.spans().pixels(i),
                    p.spans().stride(),
                    k));
  }

  /** {@code x · gate}, the gate broadcast over space. */
  static HostKernel gate(OpKey key) {
    Layout x = key.input(0);
    Layout gate = key.input(1);
    Layout y = key.output();
    Plan plan = gate.channelStride() == x.channelStride() ? Plan.of(true, x, y) : null;
    return plan == null
        ? null
        : new PerImage(
            plan,
            0,
            (args, n, first, end, scratch) -> {
              for (int i = first; i < end; i++) {
                ChannelLoops.scale(
                    args.in(0),
                    plan.spans().start(x, i),
                    args.out(),
                    plan.spans().start(y, i),
                    plan.spans().pixels(i),
                    plan.spans().stride(),
                    args.in(1),
                    gate.index(n, 0, 0));
              }
            });
  }

  /** The gradient of global average pooling: dy spread evenly over space. */
  static HostKernel globalGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    Plan plan = dy.channelStride() == dx.channelStride() ? Plan.of(true, dx) : null;
    float factor = 1f / (dx.height() * dx.width());
    return plan == null
        ? null
        : new PerImage(
            plan,
            0,
            (args, n, first, end, scratch) -> {
              for (int i = first; i < end; i++) {
                ChannelLoops.fill(
                    args.out(),
                    plan.spans().start(dx, i),
                    plan.spans().pixels(i),
                    plan.spans().stride(),
                    args.in(0),
                    dy.index(n, 0, 0),
                    factor);
              }
            });
  }

  /** Global average pooling. */
  static HostKernel global(OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    Plan plan = Plan.of(true, x);
    float factor = 1f / (x.height() * x.width());
    return plan == null
        ? null
        : new PerImage(
            plan,
            plan.channels().sums(),
            (args, n, first, end, at) -> {
              float[] sums = args.scratch();
              for (int i = first; i < end; i++) {
                int from = plan.spans().start(x, i);
                int pixels = plan.spans().pixels(i);
                int stride = plan.spans().stride();
                PixelSum.VALUES.add(args.in(0), from, sums, 0, pixels, stride, sums, at);
              }
              store(plan.channels(), sums, at, factor, args.out(), y.index(n, 0, 0));
            });
  }

  /** {@code Σ dy · x} over space. */
  static HostKernel gateGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout gate = key.output();
    Plan plan = Plan.of(true, dy, x);
    return plan == null
        ? null
        : new PerImage(
            plan,
            plan.channels().sums(),
            (args, n, first, end, at) -> {
              float[] sums = args.scratch();
              for (int i = first; i < end; i++) {
                int dyo = plan.spans().start(dy, i);
                int xo = plan.spans().start(x, i);
                int pixels = plan.spans().pixels(i);
                int stride = plan.spans().stride();
                PixelSum.DOTS.add(args.in(0), dyo, args.in(1), xo, pixels, stride, sums, at);
              }
              store(plan.channels(), sums, at, 1, args.out(), gate.index(n, 0, 0));
            });
  }

  /** The sum of every channel. */
  static HostKernel sum(OpKey key) {
    Layout dy = key.input(0);
    Plan plan = Plan.of(false, dy);
    return plan == null ? null : ChannelSums.sum(plan, dy);
  }

  private static void store(
      Channels channels, float[] sums, int at, float factor, float[] out, int to) {
    for (int c = 0; c < channels.channels(); c++) {
      out[to + c] = sums[at + channels.slot(c)] * factor;
    }
  }

  private interface Image {
    void run(Args args, int n, int first, int end, int scratch);
  }

  /** Work on whole images, each slice with zeroed sums of its own for each image. */
  private record PerImage(Plan plan, int sums, Image image) implements HostKernel {
    @Override
    public int workspace() {
      return sums * plan.spans().imageSlices();
    }

    @Override
    public int slices(int pass) {
      return plan.spans().imageSlices();
    }

    @Override
    public void run(Args args, int pass, int slice) {
      Spans spans = plan.spans();
      int images = spans.count() / spans.perImage();
      int end = Spans.first(images, slice + 1, spans.imageSlices());
      for (int n = Spans.first(images, slice, spans.imageSlices()); n < end; n++) {
        if (sums > 0) {
          Arrays.fill(args.scratch(), slice * sums, (slice + 1) * sums, 0);
        }
        image.run(args, n, n * spans.perImage(), (n + 1) * spans.perImage(), slice * sums);
      }
    }
  }
}
