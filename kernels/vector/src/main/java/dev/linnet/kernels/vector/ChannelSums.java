package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * Sums over batch and space for every channel, in one pass: the moments of batch norm (around the
 * mean of a few pixels, so that little cancels), the gradient of its affine part, the gradient of a
 * bias. Every slice sums its spans by vectors; the slices' sums are added up in order, in double.
 *
 * <p>Workspace: coefficients for every channel, then the sums of each slice.
 */
final class ChannelSums implements HostKernel {
  private enum Kind {
    /** x to mean and biased variance. */
    MOMENTS,
    /** dy, x, moments to {@code Σ dy · x̂} and {@code Σ dy}. */
    AFFINE_GRADIENT,
    /** dy to its sum. */
    SUM
  }

  /** Pixels whose mean the moments are taken around. */
  private static final int SAMPLES = 8;

  private final Kind kind;
  private final Layout a;
  private final Layout b;
  private final Spans spans;
  private final Channels channels;
  private final float epsilon;
  private final boolean function;
  private final NormKernels.Slope slope;
  private final NormSums loops;

  private ChannelSums(
      Kind kind,
      Plan plan,
      Layout a,
      Layout b,
      float epsilon,
      boolean function,
      NormKernels.Slope slope,
      NormSums loops) {
    this.kind = kind;
    this.a = a;
    this.b = b;
    this.spans = plan.spans();
    this.channels = plan.channels();
    this.epsilon = epsilon;
    this.function = function;
    this.slope = slope;
    this.loops = loops;
  }

  /** The mean and the biased variance of x. */
  static HostKernel moments(Plan plan, Layout x, NormSums loops) {
    return new ChannelSums(Kind.MOMENTS, plan, x, x, 0, false, null, loops);
  }

  /**
   * {@code Σ g · x̂} and {@code Σ g}.
   *
   * @param function whether g is a gradient through a function
   * @param slope computes g; null where the loops do
   */
  static HostKernel affineGradient(
      Plan plan,
      Layout dy,
      Layout x,
      float epsilon,
      boolean function,
      NormKernels.Slope slope,
      NormSums loops) {
    return new ChannelSums(Kind.AFFINE_GRADIENT, plan, dy, x, epsilon, function, slope, loops);
  }

  /** {@code Σ dy}. */
  static HostKernel sum(Plan plan, Layout dy) {
    return new ChannelSums(Kind.SUM, plan, dy, dy, 0, false, null, null);
  }

  /** Floats of the coefficients. */
  private int coefficients() {
    return (function ? NormKernels.NORM : 1) * channels.stride();
  }

  @Override
  public int workspace() {
    return coefficients() + spans.slices() * step();
  }

  /** Floats of the sums of one slice. */
  private int step() {
    return (kind == Kind.SUM ? 1 : 2) * channels.sums();
  }

  @Override
  public int passes() {
    return 3;
  }

  @Override
  public int slices(int pass) {
    return pass == 1 ? spans.slices() : 1;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    switch (pass) {
      case 0 -> start(args);
      case 1 -> sum(args, slice);
      default -> finish(args);
    }
  }

  private void start(Args args) {
    float[] k = args.scratch();
    if (function) {
      NormKernels.coefficients(args.in(2), args.in(3), epsilon, channels, k);
    } else if (kind == Kind.AFFINE_GRADIENT) {
      channels.spread(args.in(2), 0, k, 0);
    } else if (kind == Kind.MOMENTS) {
      centre(args.in(0), k);
    }
  }

  /** About the mean: that of some pixels all over the batch and its images. */
  private void centre(float[] x, float[] k) {
    Arrays.fill(k, 0, channels.stride(), 0);
    for (int i = 0; i < SAMPLES; i++) {
      int n = i * a.batch() / SAMPLES;
      int at = a.index(n, i * a.height() / SAMPLES, i * a.width() / SAMPLES);
      for (int c = 0; c < channels.channels(); c++) {
        k[c] += x[at + c] * (1f / SAMPLES);
      }
    }
  }

  private void sum(Args args, int slice) {
    float[] scratch = args.scratch();
    int sums = coefficients() + slice * step();
    int second = sums + channels.sums();
    Arrays.fill(scratch, sums, sums + step(), 0);
    int stride = spans.stride();
    int end = Spans.first(spans.count(), slice + 1, spans.slices());
    for (int i = Spans.first(spans.count(), slice, spans.slices()); i < end; i++) {
      int at = spans.start(a, i);
      int pixels = spans.pixels(i);
      if (kind == Kind.SUM) {
        float[] dy = args.in(0);
        PixelSum.VALUES.add(dy, at, dy, at, pixels, stride, scratch, sums);
      } else if (kind == Kind.MOMENTS) {
        float[] x = args.in(0);
        loops.add(x, at, x, at, pixels, stride, scratch, scratch, sums, second);
      } else {
        float[] g = slope == null ? args.in(0) : slope.gradient(spans, args, i, scratch);
        int from = slope == null ? at : 0;
        float[] x = args.in(1);
        int xo = spans.start(b, i);
        loops.add(x, xo, g, from, pixels, stride, scratch, scratch, sums, second);
      }
    }
  }

  private void finish(Args args) {
    float[] scratch = args.scratch();
    float[] out = args.out();
    int count = channels.channels();
    double elements = (double) a.shape().size() / count;
    int at = coefficients();
    for (int c = 0; c < count; c++) {
      double first = channels.total(scratch, at, step(), spans.slices(), c);
      if (kind == Kind.SUM) {
        out[c] = (float) first;
        continue;
      }
      double second = channels.total(scratch, at + channels.sums(), step(), spans.slices(), c);
      if (kind == Kind.AFFINE_GRADIENT) {
        out[c] = (float) (second / Math.sqrt(args.in(2)[count + c] + epsilon));
        out[count + c] = (float) first;
      } else {
        double distance = first / elements;
        out[c] = (float) (scratch[c] + distance);
        out[count + c] = (float) Math.max(0, second / elements - distance * distance);
      }
    }
  }
}
