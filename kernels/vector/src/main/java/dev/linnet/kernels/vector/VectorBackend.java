package dev.linnet.kernels.vector;

import dev.linnet.core.exec.HostBackend;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.NormActivation;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;
import java.util.Optional;

/** The CPU backend on jdk.incubator.vector. */
final class VectorBackend extends HostBackend {
  private final TileCopies copies;
  private final Runnable afterwards;
  private final Convolutions convolutions;
  private final Depthwise depthwise = new Depthwise();
  private final Pointwise pointwise = new Pointwise();
  private final NormKernels normKernels;
  private final Losses losses;

  /** With copies of its own, which it closes. */
  VectorBackend(int threads, TileCopies copies) {
    this(threads, copies, copies::close);
  }

  private VectorBackend(int threads, TileCopies copies, Runnable afterwards) {
    super(threads);
    OperatorProfile.show();
    this.copies = copies;
    this.afterwards = afterwards;
    Scratch scratch = new Scratch();
    this.convolutions = new Convolutions(copies, scratch);
    this.normKernels = new NormKernels(pointwise, scratch);
    this.losses = new Losses(scratch);
  }

  /** With copies that several backends share; whoever made them closes them. */
  static VectorBackend sharing(TileCopies copies, int threads) {
    return new VectorBackend(threads, copies, () -> {});
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    int threads = threads();
    return "vector "
        + Width.description()
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads");
  }

  /** Copies for one pixel stride come to life after some work only; see {@link TileCopies}. */
  @Override
  public double warmUpSeconds() {
    return 4;
  }

  /** The copies of tiles; the thread that compiles them runs beside the caller's. */
  @Override
  public Optional<String> made() {
    return Optional.of(copies.made());
  }

  @Override
  public int channelStride(int channels) {
    int multiple = Math.min(8, Width.LANES);
    return Math.max(Width.LANES, (channels + multiple - 1) / multiple * multiple);
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    if (op instanceof Conv2d conv && index == 0) {
      return forwardBorder(conv.window(), shape);
    } else if (op instanceof FusedConv2d fused && index == 0) {
      return forwardBorder(fused.conv().window(), shape);
    } else if (op instanceof Conv2d.WeightGradient gradient && index == 1) {
      return forwardBorder(gradient.forward().window(), shape);
    } else if (op instanceof Conv2d.InputGradient gradient && index == 0) {
      Layout dx = Layout.dense(Shape.of(1, gradient.height(), gradient.width(), 1));
      int border = 0;
      for (Sweep sweep : Sweep.inputGradient(gradient.forward().window(), dx)) {
        border = Math.max(border, sweep.border(shape.dim(1), shape.dim(2)));
      }
      return border;
    }
    return 0;
  }

  private static int forwardBorder(Window window, Shape x) {
    int height = window.outputHeight(x.dim(1));
    int width = window.outputWidth(x.dim(2));
    Layout y = Layout.dense(Shape.of(1, height, width, 1));
    return Sweep.forward(window, y).border(x.dim(1), x.dim(2));
  }

  @Override
  public boolean writesSlices(OpKey key) {
    int outputs = key.output().channels();
    if (key.op() instanceof Conv2d conv) {
      return !conv.depthwise(key.input(0).channels(), outputs);
    } else if (key.op() instanceof FusedConv2d fused) {
      return !fused.conv().depthwise(key.input(0).channels(), outputs);
    } else if (key.op() instanceof NormActivation norm) {
      return InlineFunctions.has(norm.function());
    }
    return key.op() instanceof BatchNorm;
  }

  /**
   * Elementwise operations; batch norm and its gradient where no vector of channels overlaps
   * another one.
   */
  @Override
  public boolean inPlace(OpKey key, int index) {
    Op op = key.op();
    if (op instanceof Add || op instanceof Activation || op instanceof Activation.InputGradient) {
      return Spans.of(key.inputs().toArray(Layout[]::new)) != null;
    }
    int stride = key.output().channelStride();
    boolean apart = stride % (Channels.vectors(stride) * Width.LANES) == 0;
    return apart && isNorm(op);
  }

  private static boolean isNorm(Op op) {
    return op instanceof BatchNorm
        || op instanceof BatchNorm.InputGradient
        || op instanceof NormActivation
        || op instanceof NormActivation.InputGradient;
  }

  @Override
  protected HostKernel create(OpKey key) {
    HostKernel kernel = own(key);
    return kernel != null ? kernel : ScalarBackend.reference(key);
  }

  /** A kernel of this module; null where the reference's is taken. */
  HostKernel own(OpKey key) {
    return VectorBackendProvider.scalarOperations().contains(key.op().getClass())
        ? null
        : matrix(key.op(), key);
  }

  private HostKernel matrix(Op op, OpKey key) {
    if (op instanceof Conv2d conv) {
      return conv.depthwise(key.input(0).channels(), key.output().channels())
          ? depthwise.forward(conv.window(), key, Fold.NONE, Optional.empty(), null)
          : convolutions.forward(conv, key, Fold.NONE, null);
    } else if (op instanceof FusedConv2d fused) {
      Conv2d conv = fused.conv();
      Fold fold = new Fold(fused.shift(), key.output().channels());
      int residual = fused.residual() ? fused.residualIndex() : 0;
      Epilogue epilogue = pointwise.epilogue(key, residual, fused.function());
      if (!conv.depthwise(key.input(0).channels(), key.output().channels())) {
        return convolutions.forward(conv, key, fold, epilogue);
      }
      return residual == 0 && InlineFunctions.has(fused.function())
          ? depthwise.forward(conv.window(), key, fold, fused.function(), null)
          : depthwise.forward(conv.window(), key, fold, Optional.empty(), epilogue);
    } else if (op instanceof Conv2d.InputGradient gradient) {
      Conv2d conv = gradient.forward();
      return conv.depthwise(key.output().channels(), key.input(0).channels())
          ? depthwise.inputGradient(conv.window(), key)
          : convolutions.inputGradient(conv, key);
    } else if (op instanceof Conv2d.WeightGradient gradient) {
      Conv2d conv = gradient.forward();
      return conv.depthwise(key.input(1).channels(), key.input(0).channels())
          ? depthwise.weightGradient(conv.window(), key)
          : convolutions.weightGradient(conv, key);
    } else if (op instanceof Dense) {
      return convolutions.dense(key, false);
    } else if (op instanceof Dense.InputGradient) {
      return convolutions.dense(key, true);
    } else if (op instanceof Dense.WeightGradient) {
      return convolutions.denseWeightGradient(key);
    }
    HostKernel channelwise = channelwise(op, key);
    return channelwise != null ? channelwise : elementwise(op, key);
  }

  private HostKernel channelwise(Op op, OpKey key) {
    if (op instanceof BatchMoments) {
      return normKernels.moments(key);
    } else if (op instanceof BatchNorm norm) {
      return normKernels.normalize(norm, key);
    } else if (op instanceof BatchNorm.AffineGradient gradient) {
      return normKernels.affineGradient(gradient, key);
    } else if (op instanceof BatchNorm.InputGradient gradient) {
      return normKernels.inputGradient(gradient, key);
    } else if (op instanceof NormActivation norm) {
      return normKernels.normalize(norm, key);
    } else if (op instanceof NormActivation.AffineGradient gradient) {
      return normKernels.affineGradient(gradient, key);
    } else if (op instanceof NormActivation.InputGradient gradient) {
      return normKernels.inputGradient(gradient, key);
    } else if (op instanceof BiasAdd) {
      return ChannelKernels.bias(key);
    } else if (op instanceof BiasAdd.BiasGradient) {
      return ChannelKernels.sum(key);
    } else if (op instanceof Multiply && !key.input(1).shape().equals(key.output().shape())) {
      return ChannelKernels.gate(key);
    } else if (op instanceof Multiply.GateGradient) {
      return ChannelKernels.gateGradient(key);
    } else if (op instanceof GlobalAvgPool) {
      return ChannelKernels.global(key);
    } else if (op instanceof GlobalAvgPool.InputGradient) {
      return ChannelKernels.globalGradient(key);
    } else if (op instanceof MaxPool2d pool) {
      return Pools.max(pool.window(), key);
    } else if (op instanceof MaxPool2d.InputGradient gradient) {
      return Pools.maxGradient(gradient.window(), key);
    } else if (op instanceof AvgPool2d pool) {
      return Pools.average(pool, key);
    } else if (op instanceof AvgPool2d.InputGradient gradient) {
      return Pools.averageGradient(gradient.forward(), key);
    }
    return null;
  }

  private HostKernel elementwise(Op op, OpKey key) {
    if (op instanceof Activation activation) {
      return pointwise.activation(activation.function(), key);
    } else if (op instanceof Activation.InputGradient gradient) {
      return pointwise.activationGradient(gradient.function(), key);
    } else if (op instanceof Add) {
      return pointwise.add(key);
    } else if (op instanceof Multiply && key.input(1).shape().equals(key.output().shape())) {
      return pointwise.multiply(key);
    } else if (op instanceof SoftmaxCrossEntropy loss) {
      return losses.crossEntropy(loss, key);
    } else if (op instanceof SoftmaxCrossEntropy.LogitsGradient gradient) {
      return losses.logitsGradient(gradient, key);
    } else if (op instanceof Zero) {
      return pointwise.zero(key);
    } else if (op instanceof Sgd sgd) {
      return Updates.sgd(sgd, key);
    } else if (op instanceof Adam adam) {
      return Updates.adam(adam, key);
    } else if (op instanceof GradientScale scale) {
      return Updates.gradientScale(scale, key);
    } else if (op instanceof MovingAverage) {
      return Updates.movingAverage(key);
    }
    return null;
  }

  @Override
  public void close() {
    super.close();
    afterwards.run();
  }
}
