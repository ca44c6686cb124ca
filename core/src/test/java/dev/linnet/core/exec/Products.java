package dev.linnet.core.exec;

import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cases of matrix products, whose first two operands a backend may take less exactly. */
final class Products {
  private static final int OPERANDS = 2;
  private static final int DROPPED = 13; // bits that tf32 has fewer than float

  private Products() {}

  /** Whether a case is a convolution that is not depthwise, a dense layer, or a gradient of one. */
  static boolean isOne(OpCase test) {
    Op op = test.op();
    if (op instanceof Conv2d conv) {
      return sums(conv, test.operands().get(1).shape());
    } else if (op instanceof FusedConv2d fused) {
      return sums(fused.conv(), test.operands().get(1).shape());
    } else if (op instanceof Conv2d.InputGradient gradient) {
      return sums(gradient.forward(), test.operands().get(1).shape());
    } else if (op instanceof Conv2d.WeightGradient gradient) {
      return sums(gradient.forward(), test.output());
    }
    return op instanceof Dense
        || op instanceof Dense.InputGradient
        || op instanceof Dense.WeightGradient;
  }

  private static boolean sums(Conv2d conv, Shape weights) {
    return conv.groups() == 1 || weights.dim(1) > 1;
  }

  /** The case with the operands that a backend multiplies at a precision. */
  static OpCase rounded(OpCase test, Precision precision) {
    if (precision == Precision.FP32 || !isOne(test)) {
      return test;
    }
    List<OpCase.Operand> operands = new ArrayList<>(test.operands());
    for (int i = 0; i < OPERANDS; i++) {
      OpCase.Operand operand = operands.get(i);
      float[] values = operand.values().clone();
      for (int k = 0; k < values.length; k++) {
        values[k] = tf32(values[k]);
      }
      operands.set(i, new OpCase.Operand(operand.shape(), operand.map(), values));
    }
    return new OpCase(test.op(), operands, test.reduction());
  }

  /** A finite number with 11 significant bits: the nearest, of two the one farther from zero. */
  static float tf32(float x) {
    int half = 1 << (DROPPED - 1);
    return Float.intBitsToFloat((Float.floatToRawIntBits(x) + half) >> DROPPED << DROPPED);
  }
}
