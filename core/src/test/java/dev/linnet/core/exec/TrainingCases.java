package dev.linnet.core.exec;

import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cases of losses, clipping and optimizer steps. */
final class TrainingCases {
  /** Dense shapes of parameters; the last is worth dividing among threads. */
  private static final int[][] SHAPES = {
    {1}, {2}, {7}, {31}, {64}, {2, 17}, {10, 127}, {16, 5, 3, 3}, {100_003}
  };

  private TrainingCases() {}

  static List<OpCase> losses() {
    List<OpCase> cases = new ArrayList<>();
    for (int classes : new int[] {2, 3, 10, 16, 17, 100}) {
      for (int batch : new int[] {1, 5, 33}) {
        for (float smoothing : new float[] {0, 0.1f}) {
          for (float range : new float[] {1, 90}) { // 90: exp overflows without the shift
            OpCase.Operand logits = OpCase.operand(true, range, 1, batch, classes);
            OpCase.Operand labels = labels(batch, classes);
            cases.add(
                OpCase.of(new SoftmaxCrossEntropy(smoothing), batch * classes, logits, labels));
            cases.add(
                OpCase.of(
                    new SoftmaxCrossEntropy.LogitsGradient(smoothing),
                    classes,
                    OpCase.vector(0.5f),
                    logits,
                    labels));
          }
        }
      }
    }
    OpCase.Operand none = OpCase.vector(-1, -1, -1);
    OpCase.Operand logits = OpCase.map(1, 3, 5);
    cases.add(OpCase.of(new SoftmaxCrossEntropy(0), 15, logits, none));
    cases.add(
        OpCase.of(new SoftmaxCrossEntropy.LogitsGradient(0), 5, OpCase.vector(1), logits, none));
    OpCase.Operand beyond = OpCase.vector(1, 5, 7); // of 5 classes: no target
    cases.add(OpCase.of(new SoftmaxCrossEntropy(0.1f), 15, logits, beyond));
    cases.add(
        OpCase.of(
            new SoftmaxCrossEntropy.LogitsGradient(0.1f), 5, OpCase.vector(1), logits, beyond));
    return cases;
  }

  /** Random labels; some of a larger batch do not count. */
  private static OpCase.Operand labels(int batch, int classes) {
    RandomStream random = RandomStream.of(batch, "labels", classes);
    float[] labels = new float[batch];
    for (int n = 0; n < batch; n++) {
      labels[n] = n % 4 == 3 ? -1 : random.nextInt(classes);
    }
    return OpCase.vector(labels);
  }

  static List<OpCase> scales() {
    List<OpCase> cases = new ArrayList<>();
    for (float norm : new float[] {0.25f, 1e6f, Float.POSITIVE_INFINITY}) {
      cases.add(scale(norm, OpCase.dense(1, 7)));
      cases.add(scale(norm, OpCase.dense(1, 64, 31), OpCase.dense(2, 17), OpCase.dense(3, 2, 5)));
      cases.add(scale(norm, OpCase.dense(1, 1), OpCase.dense(2, 16, 13, 3, 3)));
      cases.add(scale(norm, OpCase.dense(1, 100_003), OpCase.dense(2, 31)));
      cases.add(scale(norm, new OpCase.Operand(Shape.of(5), false, new float[5])));
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        OpCase.Operand broken = OpCase.dense(4, 67);
        broken.values()[66] = bad;
        cases.add(scale(norm, OpCase.dense(1, 33), broken));
      }
    }
    return cases;
  }

  private static OpCase scale(float norm, OpCase.Operand... gradients) {
    int terms = Arrays.stream(gradients).mapToInt(g -> g.shape().size()).sum();
    return OpCase.of(new GradientScale(norm), terms, gradients);
  }

  static List<OpCase> updates() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      OpCase.Operand p = OpCase.dense(1, shape);
      OpCase.Operand g = OpCase.dense(2, shape);
      OpCase.Operand m = OpCase.dense(3, shape);
      OpCase.Operand v = OpCase.dense(4, shape);
      OpCase.Operand nan = OpCase.dense(5, shape);
      Arrays.fill(nan.values(), Float.NaN);
      for (int i = 0; i < v.values().length; i++) {
        v.values()[i] = 1.5f + v.values()[i]; // squares are not negative
      }
      OpCase.Operand rate = OpCase.vector(0.1f);
      OpCase.Operand part = OpCase.vector(0.5f);
      OpCase.Operand zero = OpCase.vector(0);
      OpCase.Operand corrections = OpCase.vector(0.3f, 0.02f);
      for (boolean nesterov : new boolean[] {false, true}) {
        cases.add(OpCase.of(new Sgd(0.9f, 0.01f, nesterov), 1, p, g, m, part, rate));
      }
      cases.add(OpCase.of(new Sgd(0, 0, false), 1, p, g, m, part, rate));
      cases.add(OpCase.of(new Sgd(0.9f, 0.01f, true), 1, p, nan, m, zero, rate));
      for (float decay : new float[] {0, 0.05f}) {
        Adam adam = new Adam(0.9f, 0.999f, 1e-6f, decay);
        cases.add(OpCase.of(adam, 1, p, g, m, v, part, rate, corrections));
        cases.add(OpCase.of(adam, 1, p, nan, m, v, zero, rate, corrections));
      }
      cases.add(OpCase.of(new MovingAverage(), 1, p, g, rate));
    }
    return cases;
  }
}
