package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.OpKey;
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
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.NormActivation;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Zero;

/** Which kernels an operation has. */
final class Kernels {
  private Kernels() {}

  /**
   * The kernels of an operation.
   *
   * @throws IllegalArgumentException if it has none
   */
  static CudaKernel of(Gpu gpu, OpKey key) {
    Op op = key.op();
    if (op instanceof Conv2d conv) {
      return Convolutions.forward(gpu, conv, key);
    } else if (op instanceof FusedConv2d conv) {
      return Convolutions.forward(gpu, conv, key);
    } else if (op instanceof Conv2d.InputGradient gradient) {
      return Convolutions.inputGradient(gpu, gradient.forward(), key);
    } else if (op instanceof Conv2d.WeightGradient gradient) {
      return Convolutions.weightGradient(gpu, gradient.forward(), key);
    } else if (op instanceof Dense) {
      return Convolutions.dense(gpu, key);
    } else if (op instanceof Dense.InputGradient) {
      return Convolutions.denseInputGradient(gpu, key);
    } else if (op instanceof Dense.WeightGradient) {
      return Convolutions.denseWeightGradient(gpu, key);
    } else if (op instanceof MaxPool2d pool) {
      return Pools.max(gpu, pool.window(), key);
    } else if (op instanceof MaxPool2d.InputGradient gradient) {
      return Pools.maxGradient(gpu, gradient.window(), key);
    } else if (op instanceof AvgPool2d pool) {
      return Pools.average(gpu, pool, key);
    } else if (op instanceof AvgPool2d.InputGradient gradient) {
      return Pools.averageGradient(gpu, gradient.forward(), key);
    } else if (op instanceof GlobalAvgPool) {
      return Pools.global(gpu, key);
    } else if (op instanceof GlobalAvgPool.InputGradient) {
      return Elementwise.spread(gpu, key);
    } else if (op instanceof Multiply.GateGradient) {
      return Pools.gateGradient(gpu, key);
    }
    return norm(gpu, op, key);
  }

  private static CudaKernel norm(Gpu gpu, Op op, OpKey key) {
    if (op instanceof BatchMoments) {
      return Norms.moments(gpu, key);
    } else if (op instanceof BatchNorm norm) {
      return Norms.normalize(gpu, norm, key);
    } else if (op instanceof BatchNorm.AffineGradient gradient) {
      return Norms.affineGradient(gpu, gradient, key);
    } else if (op instanceof BatchNorm.InputGradient gradient) {
      return Norms.inputGradient(gpu, gradient, key);
    } else if (op instanceof NormActivation norm) {
      return Norms.normalize(gpu, norm, key);
    } else if (op instanceof NormActivation.AffineGradient gradient) {
      return Norms.affineGradient(gpu, gradient, key);
    } else if (op instanceof NormActivation.InputGradient gradient) {
      return Norms.inputGradient(gpu, gradient, key);
    } else if (op instanceof BiasAdd.BiasGradient) {
      return Norms.biasGradient(gpu, key);
    }
    return elementwise(gpu, op, key);
  }

  private static CudaKernel elementwise(Gpu gpu, Op op, OpKey key) {
    if (op instanceof Activation activation) {
      return Elementwise.activation(gpu, activation.function(), key);
    } else if (op instanceof Activation.InputGradient gradient) {
      return Elementwise.activationGradient(gpu, gradient.function(), key);
    } else if (op instanceof Add || op instanceof BiasAdd) {
      return Elementwise.add(gpu, key);
    } else if (op instanceof Multiply) {
      return Elementwise.multiply(gpu, key);
    } else if (op instanceof Zero) {
      return Elementwise.zero(gpu, key);
    } else if (op instanceof Dropout dropout) {
      return Elementwise.dropout(gpu, dropout, key);
    } else if (op instanceof Dropout.InputGradient gradient) {
      return Elementwise.dropout(gpu, gradient.forward(), key);
    } else if (op instanceof Concat) {
      return Elementwise.concat(gpu, key);
    } else if (op instanceof Concat.InputGradient gradient) {
      return Elementwise.channels(gpu, gradient.from(), key);
    } else if (op instanceof Flatten || op instanceof Flatten.InputGradient) {
      return Elementwise.reshape(gpu, key);
    } else if (op instanceof LeadingSlice || op instanceof LeadingSlice.InputGradient) {
      return Elementwise.leadingSlice(gpu, key);
    }
    return training(gpu, op, key);
  }

  private static CudaKernel training(Gpu gpu, Op op, OpKey key) {
    if (op instanceof SoftmaxCrossEntropy loss) {
      return Training.crossEntropy(gpu, loss, key);
    } else if (op instanceof SoftmaxCrossEntropy.LogitsGradient gradient) {
      return Training.logitsGradient(gpu, gradient, key);
    } else if (op instanceof GradientScale scale) {
      return Training.gradientScale(gpu, scale, key);
    } else if (op instanceof Sgd sgd) {
      return Training.sgd(gpu, sgd, key);
    } else if (op instanceof Adam adam) {
      return Training.adam(gpu, adam, key);
    } else if (op instanceof MovingAverage) {
      return Training.movingAverage(gpu, key);
    }
    throw new IllegalArgumentException("the cuda backend has no kernel for " + op.label());
  }
}
