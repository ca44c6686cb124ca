package dev.linnet.kernels.opencl;

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
import dev.linnet.core.graph.Fused;
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
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import java.util.Optional;

/** Which launches an operation is. */
final class Operations {
  private Operations() {}

  /** The launches of an operation on given layouts. */
  static Plan plan(OpKey key) {
    Op op = key.op();
    if (op instanceof Conv2d conv) {
      return Convolutions.forward(conv, key);
    } else if (op instanceof Conv2d.InputGradient gradient) {
      return Convolutions.inputGradient(gradient.forward(), key);
    } else if (op instanceof Conv2d.WeightGradient gradient) {
      return Convolutions.weightGradient(gradient.forward(), key);
    } else if (op instanceof Dense) {
      return Convolutions.forward(Convolutions.POINT, key);
    } else if (op instanceof Dense.InputGradient) {
      return Convolutions.inputGradient(Convolutions.POINT, key);
    } else if (op instanceof Dense.WeightGradient) {
      return Convolutions.weightGradient(Convolutions.POINT, key);
    } else if (op instanceof FusedConv2d fused) {
      return Convolutions.fused(fused, key);
    } else if (op instanceof MaxPool2d pool) {
      return Pools.max(pool.window(), key);
    } else if (op instanceof MaxPool2d.InputGradient gradient) {
      return Pools.maxGradient(gradient.window(), key);
    } else if (op instanceof AvgPool2d pool) {
      return Pools.average(pool, key);
    } else if (op instanceof AvgPool2d.InputGradient gradient) {
      return Pools.averageGradient(gradient.forward(), key);
    } else if (op instanceof GlobalAvgPool) {
      return Pools.global(key);
    } else if (op instanceof GlobalAvgPool.InputGradient) {
      return Pools.globalGradient(key);
    } else if (op instanceof BatchMoments) {
      return Norms.moments(key);
    } else if (op instanceof BatchNorm norm) {
      return Norms.normalize(norm.epsilon(), false, Optional.empty(), key);
    } else if (op instanceof BatchNorm.AffineGradient gradient) {
      return Norms.affineGradient(gradient.epsilon(), Optional.empty(), key);
    } else if (op instanceof BatchNorm.InputGradient gradient) {
      return Norms.inputGradient(gradient.epsilon(), gradient.training(), Optional.empty(), key);
    } else if (op instanceof BiasAdd.BiasGradient) {
      return Norms.biasGradient(key);
    } else if (op instanceof Fused fused) {
      return norm(fused, key);
    }
    return other(op, key);
  }

  private static Plan norm(Fused op, OpKey key) {
    if (op instanceof NormActivation norm) {
      return Norms.normalize(norm.epsilon(), norm.residual(), norm.function(), key);
    } else if (op instanceof NormActivation.AffineGradient gradient) {
      return Norms.affineGradient(gradient.epsilon(), Optional.of(gradient.function()), key);
    } else if (op instanceof NormActivation.InputGradient gradient) {
      return Norms.inputGradient(
          gradient.epsilon(), gradient.training(), Optional.of(gradient.function()), key);
    }
    throw missing(op);
  }

  private static Plan other(Op op, OpKey key) {
    if (op instanceof Activation activation) {
      return Pointwise.unary(activation.function(), key);
    } else if (op instanceof Activation.InputGradient gradient) {
      return Pointwise.slope(gradient.function(), key);
    } else if (op instanceof Add || op instanceof BiasAdd) {
      return Pointwise.sum(key);
    } else if (op instanceof Multiply) {
      return Pointwise.product(key);
    } else if (op instanceof Multiply.GateGradient) {
      return Pools.gateGradient(key);
    } else if (op instanceof Zero) {
      return Pointwise.zero(key);
    } else if (op instanceof Dropout dropout) {
      return Pointwise.dropout(dropout, key);
    } else if (op instanceof Dropout.InputGradient gradient) {
      return Pointwise.dropout(gradient.forward(), key);
    } else if (op instanceof Concat) {
      return Pointwise.concat(key);
    } else if (op instanceof Concat.InputGradient gradient) {
      return Pointwise.channels(gradient.from(), key);
    } else if (op instanceof Flatten || op instanceof Flatten.InputGradient) {
      return Pointwise.reshape(key);
    } else if (op instanceof LeadingSlice || op instanceof LeadingSlice.InputGradient) {
      return Pointwise.leadingSlice(key);
    } else if (op instanceof SoftmaxCrossEntropy loss) {
      return Training.loss(loss.smoothing(), key);
    } else if (op instanceof SoftmaxCrossEntropy.LogitsGradient gradient) {
      return Training.lossGradient(gradient.smoothing(), key);
    } else if (op instanceof GradientScale scale) {
      return Training.gradientScale(scale, key);
    } else if (op instanceof Sgd sgd) {
      return Training.sgd(sgd, key);
    } else if (op instanceof Adam adam) {
      return Training.adam(adam, key);
    } else if (op instanceof MovingAverage) {
      return Training.movingAverage(key);
    }
    throw missing(op);
  }

  private static IllegalArgumentException missing(Op op) {
    return new IllegalArgumentException("the OpenCL backend has no kernel for " + op.label());
  }
}
