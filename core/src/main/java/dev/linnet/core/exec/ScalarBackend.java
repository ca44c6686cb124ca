package dev.linnet.core.exec;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.Fused;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;

/**
 * The reference backend: plain loops that say what each operation means, with sums in double. Runs
 * on any JVM, takes any layout, and is what other backends are tested against.
 */
public final class ScalarBackend extends HostBackend {
  /** Starts {@code threads − 1} worker threads. */
  public ScalarBackend(int threads) {
    super(threads);
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar (plain Java loops), " + threads() + (threads() == 1 ? " thread" : " threads");
  }

  @Override
  public int channelStride(int channels) {
    return channels;
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    return 0;
  }

  @Override
  public boolean writesSlices(OpKey key) {
    return !(key.op() instanceof Derivative);
  }

  @Override
  protected HostKernel create(OpKey key) {
    return reference(key);
  }

  /**
   * The reference kernel of an operation, on any layouts. Host backends may use it for operations
   * that are too rare or too cheap for a kernel of their own.
   */
  public static HostKernel reference(OpKey key) {
    Op op = key.op();
    if (op instanceof Conv2d conv) {
      return ScalarConvolutions.forward(conv, key);
    } else if (op instanceof Conv2d.InputGradient gradient) {
      return ScalarConvolutions.inputGradient(gradient.forward(), key);
    } else if (op instanceof Conv2d.WeightGradient gradient) {
      return ScalarConvolutions.weightGradient(gradient.forward(), key);
    } else if (op instanceof Dense) {
      return ScalarDense.forward(key);
    } else if (op instanceof Dense.InputGradient) {
      return ScalarDense.inputGradient(key);
    } else if (op instanceof Dense.WeightGradient) {
      return ScalarDense.weightGradient(key);
    } else if (op instanceof MaxPool2d pool) {
      return ScalarPools.max(pool.window(), key);
    } else if (op instanceof MaxPool2d.InputGradient gradient) {
      return ScalarPools.maxGradient(gradient.window(), key);
    } else if (op instanceof AvgPool2d pool) {
      return ScalarPools.average(pool, key);
    } else if (op instanceof AvgPool2d.InputGradient gradient) {
      return ScalarPools.averageGradient(gradient.forward(), key);
    } else if (op instanceof GlobalAvgPool) {
      return ScalarPools.global(key);
    } else if (op instanceof GlobalAvgPool.InputGradient) {
      return ScalarPools.globalGradient(key);
    } else if (op instanceof BatchMoments) {
      return ScalarNorms.moments(key);
    } else if (op instanceof BatchNorm norm) {
      return ScalarNorms.normalize(norm, key);
    } else if (op instanceof BatchNorm.AffineGradient gradient) {
      return ScalarNorms.affineGradient(gradient, key);
    } else if (op instanceof BatchNorm.InputGradient gradient) {
      return ScalarNorms.inputGradient(gradient, key);
    } else if (op instanceof BiasAdd.BiasGradient) {
      return ScalarNorms.biasGradient(key);
    } else if (op instanceof Fused fused) {
      return ScalarFused.of(fused, key);
    }
    return elementwise(op, key);
  }

  private static HostKernel elementwise(Op op, OpKey key) {
    if (op instanceof BiasAdd) {
      return ScalarElementwise.binary(key, (x, b) -> x + b);
    } else if (op instanceof Activation activation) {
      Activation.Function f = activation.function();
      return ScalarElementwise.unary(key, f::apply);
    } else if (op instanceof Activation.InputGradient gradient) {
      Activation.Function f = gradient.function();
      return ScalarElementwise.binary(key, (dy, x) -> dy * f.slope(x));
    } else if (op instanceof Add) {
      return ScalarElementwise.binary(key, Float::sum);
    } else if (op instanceof Multiply) {
      return ScalarElementwise.binary(key, (x, gate) -> x * gate);
    } else if (op instanceof Multiply.GateGradient) {
      return ScalarElementwise.gateGradient(key);
    } else if (op instanceof Zero) {
      return ScalarElementwise.unary(key, x -> 0);
    } else if (op instanceof Dropout dropout) {
      return ScalarElementwise.dropout(dropout, key);
    } else if (op instanceof Dropout.InputGradient gradient) {
      return ScalarElementwise.dropout(gradient.forward(), key);
    } else if (op instanceof Concat) {
      return ScalarMoves.concat(key);
    } else if (op instanceof Concat.InputGradient gradient) {
      return ScalarMoves.channels(gradient.from(), key);
    } else if (op instanceof Flatten || op instanceof Flatten.InputGradient) {
      return ScalarMoves.reshape(key);
    } else if (op instanceof LeadingSlice || op instanceof LeadingSlice.InputGradient) {
      return ScalarMoves.leadingSlice(key);
    } else if (op instanceof SoftmaxCrossEntropy loss) {
      return ScalarLosses.crossEntropy(loss, key);
    } else if (op instanceof SoftmaxCrossEntropy.LogitsGradient gradient) {
      return ScalarLosses.logitsGradient(gradient, key);
    } else if (op instanceof GradientScale scale) {
      return ScalarUpdates.gradientScale(scale, key);
    } else if (op instanceof Sgd sgd) {
      return ScalarUpdates.sgd(sgd, key);
    } else if (op instanceof Adam adam) {
      return ScalarUpdates.adam(adam, key);
    } else if (op instanceof MovingAverage) {
      return ScalarUpdates.movingAverage(key);
    }
    throw new IllegalArgumentException(
        "the scalar backend has no kernel for " + (op instanceof Leaf ? "leaf " : "") + op.label());
  }
}
