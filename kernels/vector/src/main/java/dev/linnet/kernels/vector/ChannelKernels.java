package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.BatchNorm;
import java.util.Arrays;

/**
 * Plans operations with a value of its own for every channel: batch norm, bias, gates, global
 * pooling. Every method returns null where the layouts do not fit vectors.
 */
final class ChannelKernels {
  private ChannelKernels() {}

  /** Spans and channels of an operation on maps of one channel stride. */
  private record Plan(Spans spans, Channels channels) {}

  private static Plan plan(boolean perImage, Layout... maps) {
    Spans spans = perImage ? Spans.perImage(maps) : Spans.of(maps);
    if (spans == null || !Width.fits(spans.stride())) {
      return null;
    }
    return new Plan(spans, new Channels(maps[0].channels(), spans.stride()));
  }

  /** A value for every channel to start from, in the workspace. */
  private interface Coefficients {
    void set(Args args, Channels channels, float[] k);
  }

  private interface Span {
    void run(Plan plan, Args args, int i, float[] k);
  }

  /** A map: coefficients first, then spans. */
  private record Mapping(Plan plan, int kinds, Coefficients coefficients, Span span)
      implements HostKernel {
    @Override
    public int workspace() {
      return kinds * plan.channels.stride();
    }

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public int slices(int pass) {
      return pass == 0 ? 1 : plan.spans.slices();
    }

    @Override
    public void run(Args args, int pass, int slice) {
      float[] k = args.scratch();
      if (pass == 0) {
        coefficients.set(args, plan.channels, k);
        return;
      }
      Spans spans = plan.spans;
      int end = Spans.first(spans.count(), slice + 1, spans.slices());
      for (int i = Spans.first(spans.count(), slice, spans.slices()); i < end; i++) {
        span.run(plan, args, i, k);
      }
    }
  }

  /** {@code (x − mean) · γ / √(variance + ε) + β}. */
  static HostKernel normalize(BatchNorm norm, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    Plan plan = plan(false, x, y);
    return plan == null
        ? null
        : new Mapping(
            plan,
            3,
            (args, channels, k) -> {
              int stride = channels.stride();
              channels.spread(args.in(1), 0, k, 0);
              channels.spread(args.in(2), 0, k, stride);
              channels.spread(args.in(2), channels.channels(), k, 2 * stride);
              for (int c = 0; c < channels.channels(); c++) {
                k[stride + c] *= inverse(args.in(1)[channels.channels() + c], norm.epsilon());
              }
            },
            affine(x, y));
  }

  private static Span affine(Layout x, Layout y) {
    return (plan, args, i, k) ->
        ChannelLoops.affine(
            args.in(0),
            plan.spans.start(x, i),
            args.out(),
            plan.spans.start(y, i),
            plan.spans.pixels(i),
            plan.spans.stride(),
            k,
            0);
  }

  private static float inverse(float variance, float epsilon) {
    return (float) (1 / Math.sqrt(variance + epsilon));
  }

  /** {@code x + bias}. */
  static HostKernel bias(OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    Plan plan = plan(false, x, y);
    return plan == null
        ? null
        : new Mapping(
            plan,
            3,
            (args, channels, k) -> {
              int stride = channels.stride();
              for (int c = 0; c < stride; c++) {
                k[c] = 0;
                k[stride + c] = 1;
              }
              channels.spread(args.in(1), 0, k, 2 * stride);
            },
            affine(x, y));
  }

  /** See {@link BatchNorm.InputGradient}. */
  static HostKernel normGradient(BatchNorm.InputGradient gradient, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout dx = key.output();
    Plan plan = plan(false, dy, x, dx);
    float perElement = gradient.training() ? (float) x.channels() / x.shape().size() : 0;
    return plan == null
        ? null
        : new Mapping(
            plan,
            4,
            (args, channels, k) -> {
              int stride = channels.stride();
              int count = channels.channels();
              channels.spread(args.in(2), 0, k, 0);
              channels.spread(args.in(3), 0, k, stride);
              channels.spread(args.in(4), 0, k, 2 * stride);
              channels.spread(args.in(4), count, k, 3 * stride);
              for (int c = 0; c < count; c++) {
                float inverse = inverse(args.in(2)[count + c], gradient.epsilon());
                float scale = k[stride + c] * inverse;
                k[stride + c] = scale;
                k[2 * stride + c] *= perElement * inverse * scale;
                k[3 * stride + c] *= perElement * scale;
              }
            },
            (p, args, i, k) ->
                ChannelLoops.affineGradient(
                    args.in(0),
                    p.spans.start(dy, i),
                    args.in(1),
                    p.spans.start(x, i),
                    args.out(),
                    p.spans.start(dx, i),
                    p.spans.pixels(i),
                    p.spans.stride(),
                    k,
                    0));
  }

  /** {@code x · gate}, the gate broadcast over space. */
  static HostKernel gate(OpKey key) {
    Layout x = key.input(0);
    Layout gate = key.input(1);
    Layout y = key.output();
    Plan plan = gate.channelStride() == x.channelStride() ? plan(true, x, y) : null;
    return plan == null
        ? null
        : new PerImage(
            plan,
            0,
            (args, n, first, end, scratch) -> {
              for (int i = first; i < end; i++) {
                ChannelLoops.scale(
                    args.in(0),
                    plan.spans.start(x, i),
                    args.out(),
                    plan.spans.start(y, i),
                    plan.spans.pixels(i),
                    plan.spans.stride(),
                    args.in(1),
                    gate.index(n, 0, 0));
              }
            });
  }

  /** The gradient of global average pooling: dy spread evenly over space. */
  static HostKernel globalGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    Plan plan = dy.channelStride() == dx.channelStride() ? plan(true, dx) : null;
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
                    plan.spans.start(dx, i),
                    plan.spans.pixels(i),
                    plan.spans.stride(),
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
    Plan plan = plan(true, x);
    float factor = 1f / (x.height() * x.width());
    return plan == null
        ? null
        : new PerImage(
            plan,
            plan.channels.sums(),
            (args, n, first, end, at) -> {
              float[] sums = args.scratch();
              for (int i = first; i < end; i++) {
                ChannelLoops.sum(
                    args.in(0),
                    plan.spans.start(x, i),
                    plan.spans.pixels(i),
                    plan.spans.stride(),
                    sums,
                    at);
              }
              store(plan.channels, sums, at, factor, args.out(), y.index(n, 0, 0));
            });
  }

  /** {@code Σ dy · x} over space. */
  static HostKernel gateGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout gate = key.output();
    Plan plan = plan(true, dy, x);
    return plan == null
        ? null
        : new PerImage(
            plan,
            plan.channels.sums(),
            (args, n, first, end, at) -> {
              float[] sums = args.scratch();
              for (int i = first; i < end; i++) {
                ChannelLoops.dots(
                    args.in(0),
                    plan.spans.start(dy, i),
                    args.in(1),
                    plan.spans.start(x, i),
                    plan.spans.pixels(i),
                    plan.spans.stride(),
                    sums,
                    at);
              }
              store(plan.channels, sums, at, 1, args.out(), gate.index(n, 0, 0));
            });
  }

  /** The mean and the biased variance of every channel. */
  static HostKernel moments(OpKey key) {
    return sums(ChannelSums.Kind.MOMENTS, key.input(0), key.input(0), 0);
  }

  /** The sum of every channel. */
  static HostKernel sum(OpKey key) {
    return sums(ChannelSums.Kind.SUM, key.input(0), key.input(0), 0);
  }

  /** The gradient of batch norm's affine part. */
  static HostKernel affineGradient(BatchNorm.AffineGradient gradient, OpKey key) {
    Layout dy = key.input(0);
    return sums(ChannelSums.Kind.AFFINE_GRADIENT, dy, key.input(1), gradient.epsilon());
  }

  private static HostKernel sums(ChannelSums.Kind kind, Layout a, Layout b, float epsilon) {
    Plan plan = plan(false, a, b);
    return plan == null ? null : new ChannelSums(kind, a, b, plan.spans, plan.channels, epsilon);
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
      return sums * plan.spans.imageSlices();
    }

    @Override
    public int slices(int pass) {
      return plan.spans.imageSlices();
    }

    @Override
    public void run(Args args, int pass, int slice) {
      Spans spans = plan.spans;
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
