package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.NormActivation;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plans batch norm with what is fused behind it, and its gradients. A span goes through all steps
 * while it is in the first cache. Every method returns null where the layouts do not fit vectors.
 */
final class NormKernels {
  /** Coefficients of {@code batchnorm(x)}: centre, scale, shift. */
  static final int NORM = 3;

  private static final int GRADIENT = 3;

  private final Pointwise pointwise;
  private final Scratch scratch;
  private final ConcurrentHashMap<Copy, NormLoops> loops = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Sums, NormSums> sums = new ConcurrentHashMap<>();

  /** The constants of a copy of {@link NormTemplate}. */
  private record Copy(int kind, int function, int vectors) {}

  /** Those of a copy of {@link NormSumsTemplate}. */
  private record Sums(int code, int vectors) {}

  NormKernels(Pointwise pointwise, Scratch scratch) {
    this.pointwise = pointwise;
    this.scratch = scratch;
  }

  private NormLoops loops(int kind, Optional<Function> function, int stride) {
    return loops.computeIfAbsent(
        new Copy(kind, InlineFunctions.number(function), Channels.vectors(stride)),
        c ->
            Templates.copy(
                NormTemplate.class, NormLoops.class, c.kind(), c.function(), c.vectors()));
  }

  private NormSums sums(int code, Plan plan) {
    return sums.computeIfAbsent(
        new Sums(code, Channels.vectors(plan.spans().stride())),
        s -> Templates.copy(NormSumsTemplate.class, NormSums.class, s.code(), s.vectors()));
  }

  /** {@code (x − mean) · γ / √(variance + ε) + β}. */
  HostKernel normalize(BatchNorm norm, OpKey key) {
    return normalize(norm.epsilon(), key, 0, Optional.empty());
  }

  /** See {@link NormActivation}. */
  HostKernel normalize(NormActivation norm, OpKey key) {
    int residual = norm.residual() ? norm.residualIndex() : 0;
    return normalize(norm.epsilon(), key, residual, norm.function());
  }

  private HostKernel normalize(
      float epsilon, OpKey key, int residual, Optional<Function> function) {
    Layout x = key.input(0);
    Layout y = key.output();
    Layout added = key.input(residual);
    Plan plan = y.isSlice() ? Plan.rows(x, added) : Plan.of(false, x, y, added);
    if (plan == null) {
      return null;
    }
    int kind = residual == 0 ? NormTemplate.FORWARD : NormTemplate.WITH_RESIDUAL;
    boolean inline = InlineFunctions.has(function);
    NormLoops norm = loops(kind, inline ? function : Optional.empty(), x.channelStride());
    PointwiseLoops behind = inline ? null : pointwise.function(function.get());
    return new Mapping(
        plan,
        NORM,
        (args, channels, k) -> coefficients(args.in(1), args.in(2), epsilon, channels, k),
        (p, args, i, k) -> {
          Spans spans = p.spans();
          int at = spans.start(y, i);
          norm.run(
              args.in(0),
              spans.start(x, i),
              args.in(residual),
              spans.start(added, i),
              args.out(),
              at,
              spans.pixels(i),
              spans.stride(),
              y.channelStride(),
              k);
          if (behind != null) {
            behind.run(args.out(), at, args.out(), at, args.out(), at, spans.floats(i));
          }
        });
  }

  /** Those of {@code batchnorm(x)}. */
  static void coefficients(
      float[] moments, float[] affine, float epsilon, Channels channels, float[] k) {
    int stride = channels.stride();
    int count = channels.channels();
    channels.spread(moments, 0, k, 0);
    channels.spread(affine, 0, k, stride);
    channels.spread(affine, count, k, 2 * stride);
    for (int c = 0; c < count; c++) {
      k[stride + c] *= inverse(moments[count + c], epsilon);
    }
  }

  private static float inverse(float variance, float epsilon) {
    return (float) (1 / Math.sqrt(variance + epsilon));
  }

  /** See {@link BatchNorm.InputGradient}. */
  HostKernel inputGradient(BatchNorm.InputGradient gradient, OpKey key) {
    return inputGradient(gradient.epsilon(), gradient.training(), Optional.empty(), key);
  }

  /** See {@link NormActivation.InputGradient}. */
  HostKernel inputGradient(NormActivation.InputGradient gradient, OpKey key) {
    return inputGradient(
        gradient.epsilon(), gradient.training(), Optional.of(gradient.function()), key);
  }

  private HostKernel inputGradient(
      float epsilon, boolean training, Optional<Function> function, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Layout dx = key.output();
    Plan plan = Plan.of(false, dy, x, dx);
    float perElement = training ? (float) x.channels() / x.shape().size() : 0;
    if (plan == null) {
      return null;
    }
    boolean inline = InlineFunctions.has(function);
    Slope slope = inline ? null : slope(function.get(), dy, x);
    NormLoops norm =
        loops(NormTemplate.GRADIENT, inline ? function : Optional.empty(), x.channelStride());
    return new Mapping(
        plan,
        NORM + GRADIENT,
        (args, channels, k) -> {
          coefficients(args.in(2), args.in(3), epsilon, channels, k);
          gradientCoefficients(args, epsilon, perElement, channels, k);
        },
        (p, args, i, k) -> {
          Spans spans = p.spans();
          norm.run(
              args.in(1),
              spans.start(x, i),
              slope == null ? args.in(0) : slope.gradient(spans, args, i, k),
              slope == null ? spans.start(dy, i) : 0,
              args.out(),
              spans.start(dx, i),
              spans.pixels(i),
              spans.stride(),
              spans.stride(),
              k);
        });
  }

  /** Behind those of the norm: scale of dy, slope and shift of x. */
  private static void gradientCoefficients(
      Args args, float epsilon, float perElement, Channels channels, float[] k) {
    int stride = channels.stride();
    int count = channels.channels();
    int at = NORM * stride;
    channels.spread(args.in(3), 0, k, at);
    channels.spread(args.in(4), 0, k, at + stride);
    channels.spread(args.in(4), count, k, at + 2 * stride);
    for (int c = 0; c < count; c++) {
      float inverse = inverse(args.in(2)[count + c], epsilon);
      float scale = k[at + c] * inverse;
      k[at + c] = scale;
      k[at + stride + c] *= perElement * inverse * scale;
      k[at + 2 * stride + c] *= perElement * scale;
    }
  }

  /** For a function that a template does not have. */
  private Slope slope(Function function, Layout dy, Layout x) {
    NormLoops norm = loops(NormTemplate.FORWARD, Optional.empty(), x.channelStride());
    return new Slope(norm, pointwise.slope(function), dy, x, scratch);
  }

  /** {@code dy · f′(batchnorm(x))} of a span, in scratch memory. */
  record Slope(NormLoops norm, PointwiseLoops loops, Layout dy, Layout x, Scratch scratch) {
    /**
     * Computes it.
     *
     * @param k the coefficients of the norm come first
     * @return where it lies, from 0 on
     */
    float[] gradient(Spans spans, Args args, int i, float[] k) {
      int floats = spans.floats(i);
      float[] g = scratch.get(floats);
      float[] in = args.in(1);
      norm.run(
          in, spans.start(x, i), in, 0, g, 0, spans.pixels(i), spans.stride(), spans.stride(), k);
      loops.run(args.in(0), spans.start(dy, i), g, 0, g, 0, floats);
      return g;
    }
  }

  /** The mean and the biased variance of every channel. */
  HostKernel moments(OpKey key) {
    Layout x = key.input(0);
    Plan plan = Plan.of(false, x);
    return plan == null
        ? null
        : ChannelSums.moments(plan, x, sums(NormSumsTemplate.MOMENTS_ALONE, plan));
  }

  /** The gradient of batch norm's affine part. */
  HostKernel affineGradient(BatchNorm.AffineGradient gradient, OpKey key) {
    return affineGradient(gradient.epsilon(), Optional.empty(), key);
  }

  /** See {@link NormActivation.AffineGradient}. */
  HostKernel affineGradient(NormActivation.AffineGradient gradient, OpKey key) {
    return affineGradient(gradient.epsilon(), Optional.of(gradient.function()), key);
  }

  private HostKernel affineGradient(float epsilon, Optional<Function> function, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    Plan plan = Plan.of(false, dy, x);
    if (plan == null) {
      return null;
    }
    boolean inline = NormSums.has(function);
    Slope slope = inline ? null : slope(function.get(), dy, x);
    NormSums loops = sums(inline ? InlineFunctions.number(function) : 0, plan);
    return ChannelSums.affineGradient(plan, dy, x, epsilon, function.isPresent(), slope, loops);
  }
}
