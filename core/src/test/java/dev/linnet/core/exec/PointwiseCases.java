package dev.linnet.core.exec;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cases of operations that treat elements or channels one by one, with their derivatives. */
final class PointwiseCases {
  private static final int[] CHANNELS = ConvolutionCases.CHANNELS;

  private PointwiseCases() {}

  /** Every number of channels as images (two sizes) and as rows. */
  private static List<int[]> shapes() {
    List<int[]> shapes = new ArrayList<>();
    for (int channels : CHANNELS) {
      shapes.add(new int[] {1, 1, 1, channels});
      shapes.add(new int[] {5, 3, 7, channels});
      shapes.add(new int[] {2, 13, 2, channels});
      shapes.add(new int[] {1, channels});
      shapes.add(new int[] {5, channels});
    }
    return shapes;
  }

  static List<OpCase> activations() {
    List<OpCase> cases = new ArrayList<>();
    for (Activation.Function function : Activation.Function.values()) {
      for (int[] shape : shapes()) {
        OpCase.Operand x = OpCase.operand(true, 7, 1, shape); // reaches behind all kinks
        cases.add(OpCase.of(new Activation(function), 1, x));
        cases.add(OpCase.of(new Activation.InputGradient(function), 1, OpCase.map(2, shape), x));
      }
      OpCase.Operand far = OpCase.operand(true, 150, 1, 2, 3, 5, 17); // where exp overflows
      cases.add(OpCase.of(new Activation(function), 1, far));
      cases.add(
          OpCase.of(new Activation.InputGradient(function), 1, OpCase.map(2, 2, 3, 5, 17), far));
    }
    return cases;
  }

  static List<OpCase> arithmetic() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : shapes()) {
      OpCase.Operand x = OpCase.map(1, shape);
      OpCase.Operand y = OpCase.map(2, shape);
      int channels = shape[shape.length - 1];
      cases.add(OpCase.of(new Add(), 1, x, y));
      cases.add(OpCase.of(new Multiply(), 1, x, y));
      cases.add(OpCase.of(new Zero(), 1, x));
      cases.add(OpCase.of(new BiasAdd(), 1, x, OpCase.dense(3, channels)));
      cases.add(OpCase.of(new BiasAdd.BiasGradient(), x.shape().size() / channels, x));
      if (shape.length == 4) {
        OpCase.Operand gate = OpCase.map(4, shape[0], 1, 1, channels);
        cases.add(OpCase.of(new Multiply(), 1, x, gate));
        cases.add(OpCase.of(new Multiply.GateGradient(), shape[1] * shape[2], x, y));
      }
    }
    int[][] stored = {{1}, {17}, {2, 13}, {5, 3, 3, 3}, {64, 31}, {3, 5, 7}, {100_003}};
    for (int[] shape : stored) { // gradients of shared parameters are added
      cases.add(OpCase.of(new Add(), 1, OpCase.dense(1, shape), OpCase.dense(2, shape)));
    }
    return cases;
  }

  static List<OpCase> norms() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : shapes()) {
      OpCase.Operand dy = OpCase.map(1, shape);
      OpCase.Operand x = OpCase.map(2, shape);
      int channels = shape[shape.length - 1];
      int count = x.shape().size() / channels;
      OpCase.Operand moments = OpCase.moments(3, channels);
      OpCase.Operand affine = OpCase.dense(4, 2, channels);
      OpCase.Operand sums = OpCase.operand(false, count / 2f, 5, 2, channels);
      float epsilon = 1e-3f;
      cases.add(OpCase.of(new BatchMoments(), count, x));
      cases.add(OpCase.of(new BatchNorm(epsilon), 1, x, moments, affine));
      cases.add(OpCase.of(new BatchNorm.AffineGradient(epsilon), count, dy, x, moments));
      for (boolean training : new boolean[] {false, true}) {
        cases.add(
            OpCase.of(
                new BatchNorm.InputGradient(epsilon, training), 1, dy, x, moments, affine, sums));
      }
    }
    for (int channels : CHANNELS) {
      OpCase.Operand far = OpCase.map(6, 5, 3, 7, channels);
      for (int i = 0; i < far.values().length; i++) {
        far.values()[i] += 100; // the mean of the squares minus the square of the mean is no good
      }
      cases.add(OpCase.of(new BatchMoments(), 5 * 3 * 7, far));
    }
    return cases;
  }

  static List<OpCase> moves() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : shapes()) {
      int channels = shape[shape.length - 1];
      OpCase.Operand x = OpCase.map(1, shape);
      cases.add(OpCase.of(new Concat(), 1, x));
      for (int other : new int[] {1, 8, 13}) {
        int[] wider = shape.clone();
        wider[shape.length - 1] = other;
        OpCase.Operand y = OpCase.map(2, wider);
        cases.add(OpCase.of(new Concat(), 1, x, y));
        cases.add(OpCase.of(new Concat(), 1, y, x, y));
        int[] joined = shape.clone();
        joined[shape.length - 1] = channels + other;
        OpCase.Operand dy = OpCase.map(3, joined);
        cases.add(OpCase.of(new Concat.InputGradient(0, channels), 1, dy));
        cases.add(OpCase.of(new Concat.InputGradient(channels, other), 1, dy));
      }
      if (shape.length == 4) {
        int features = shape[1] * shape[2] * channels;
        cases.add(OpCase.of(new Flatten(), 1, x));
        cases.add(
            OpCase.of(
                new Flatten.InputGradient(shape[1], shape[2], channels),
                1,
                OpCase.map(4, shape[0], features)));
      }
    }
    return cases;
  }

  static List<OpCase> dropouts() {
    List<OpCase> cases = new ArrayList<>();
    int salt = 0;
    for (int[] shape : shapes()) {
      for (float rate : new float[] {0, 0.2f, 0.7f}) {
        Dropout dropout = new Dropout(rate, salt++);
        OpCase.Operand key = OpCase.vector(16_777_215 - salt, salt * 7_919);
        cases.add(OpCase.of(dropout, 1, OpCase.map(1, shape), key));
        cases.add(OpCase.of(new Dropout.InputGradient(dropout), 1, OpCase.map(2, shape), key));
      }
    }
    return cases;
  }

  static List<OpCase> slices() {
    int[][] stored = {{17}, {2, 40}, {2, 40}, {13, 64}, {24, 16, 3, 3}, {24, 16, 5, 5}, {3, 5, 7}};
    int[][] taken = {{13}, {2, 24}, {2, 40}, {13, 1}, {17, 5, 3, 3}, {1, 16, 3, 3}, {3, 4, 1}};
    List<OpCase> cases = new ArrayList<>();
    for (int i = 0; i < stored.length; i++) {
      cases.add(OpCase.of(new LeadingSlice(Shape.of(taken[i])), 1, OpCase.dense(1, stored[i])));
      cases.add(
          OpCase.of(
              new LeadingSlice.InputGradient(Shape.of(stored[i])), 1, OpCase.dense(2, taken[i])));
    }
    return cases;
  }
}
