package dev.linnet.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** PyTorch's functions for Linnet's operations, through DJL, on NCHW tensors. */
final class Torch {
  private static final Shape ONE = new Shape(1, 1);

  private Torch() {}

  /** Where tensors live; the first call loads PyTorch. */
  static PtNDManager manager() {
    return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
  }

  /** Sets the threads of whatever follows. Not to be repeated: it empties oneDNN's caches. */
  static void useThreads(int threads) {
    JniUtils.setNumThreads(threads);
  }

  /** A tensor with these values. */
  static PtNDArray tensor(PtNDManager manager, float[] values, long... dims) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return manager.create(bytes, new Shape(dims), DataType.FLOAT32);
  }

  /**
   * The value of an operation that has neither weights nor anything of training.
   *
   * @throws IllegalArgumentException for another one, naming it
   */
  static PtNDArray apply(Op op, List<PtNDArray> inputs) {
    PtNDArray x = inputs.get(0);
    if (op instanceof Activation activation) {
      return activation(activation.function(), x);
    } else if (op instanceof Add) {
      return JniUtils.add(x, inputs.get(1));
    } else if (op instanceof Multiply) {
      return JniUtils.mul(x, inputs.get(1));
    } else if (op instanceof Concat) {
      return JniUtils.cat(inputs.toArray(PtNDArray[]::new), 1);
    } else if (op instanceof MaxPool2d pool) {
      Window w = symmetric(op, pool.window());
      return JniUtils.maxPool(x, kernel(w), stride(w), padding(w), false);
    } else if (op instanceof AvgPool2d pool) {
      Window w = symmetric(op, pool.window());
      if (!pool.countPadding() && w.padding() > 0) {
        throw new IllegalArgumentException(op + ": DJL's average pool counts padding in any case");
      }
      return JniUtils.avgPool(x, kernel(w), stride(w), padding(w), false, true);
    } else if (op instanceof GlobalAvgPool) {
      return JniUtils.adaptiveAvgPool(x, ONE);
    } else if (op instanceof Flatten && x.getShape().get(2) * x.getShape().get(3) == 1) {
      return JniUtils.flatten(x, 1, -1);
    } else if (op instanceof Zero) {
      return (PtNDArray) x.getManager().zeros(x.getShape());
    }
    throw new IllegalArgumentException("no PyTorch function for " + op);
  }

  /**
   * DJL has no hard swish and no hard sigmoid; they are put together as their papers write them.
   */
  private static PtNDArray activation(Function function, PtNDArray x) {
    return switch (function) {
      case RELU -> JniUtils.relu(x);
      case RELU6 -> JniUtils.clip(x, 0, 6);
      case SIGMOID -> JniUtils.sigmoid(x);
      case SILU -> JniUtils.mul(x, JniUtils.sigmoid(x));
      case HARD_SIGMOID -> hardSigmoid(x);
      case HARD_SWISH -> {
        try (PtNDArray gate = hardSigmoid(x)) {
          yield JniUtils.mul(x, gate);
        }
      }
    };
  }

  private static PtNDArray hardSigmoid(PtNDArray x) {
    PtNDArray result = x.add(3);
    try (PtNDArray moved = result) {
      result = JniUtils.clip(moved, 0, 6);
    }
    return result.divi(6);
  }

  /** A convolution with an optional bias. */
  static PtNDArray convolution(Conv2d conv, PtNDArray x, PtNDArray weights, PtNDArray bias) {
    Window w = symmetric(conv, conv.window());
    Shape dilation = new Shape(w.dilationHeight(), w.dilationWidth());
    return JniUtils.convolution(x, weights, bias, stride(w), padding(w), dilation, conv.groups());
  }

  private static Window symmetric(Op op, Window w) {
    if (w.top() != w.bottom() || w.left() != w.right()) {
      throw new IllegalArgumentException(op + ": PyTorch takes the same padding on both sides");
    }
    return w;
  }

  private static Shape kernel(Window w) {
    return new Shape(w.kernelHeight(), w.kernelWidth());
  }

  private static Shape stride(Window w) {
    return new Shape(w.strideHeight(), w.strideWidth());
  }

  private static Shape padding(Window w) {
    return new Shape(w.top(), w.left());
  }
}
