package dev.linnet.core.exec;

import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Sgd;

/** Reference optimizer steps; all values are dense. */
final class ScalarUpdates {
  private ScalarUpdates() {}

  static HostKernel gradientScale(GradientScale op, OpKey key) {
    return new SlicedKernel(
        1,
        (args, slice) -> {
          double squares = 0;
          for (int i = 0; i < args.size(); i++) {
            float[] gradient = args.in(i);
            int size = key.input(i).floats();
            for (int k = 0; k < size; k++) {
              squares += (double) gradient[k] * gradient[k];
            }
          }
          double norm = Math.sqrt(squares);
          double scale = Math.min(1, op.maxNorm() / norm); // 1 where the norm is 0
          args.out()[0] = Double.isFinite(norm) ? (float) scale : 0;
        });
  }

  static HostKernel sgd(Sgd op, OpKey key) {
    int size = key.input(0).floats();
    return new SlicedKernel(
        1,
        (args, slice) -> {
          float[] parameter = args.in(0);
          float[] gradient = args.in(1);
          float[] velocity = args.in(2);
          float scale = args.in(3)[0];
          float rate = args.in(4)[0];
          if (scale == 0) {
            return;
          }
          for (int i = 0; i < size; i++) {
            float g = scale * gradient[i] + op.decay() * parameter[i];
            float v = op.momentum() * velocity[i] + g;
            velocity[i] = v;
            parameter[i] -= rate * (op.nesterov() ? g + op.momentum() * v : v);
          }
        });
  }

  static HostKernel adam(Adam op, OpKey key) {
    int size = key.input(0).floats();
    return new SlicedKernel(
        1,
        (args, slice) -> {
          float[] parameter = args.in(0);
          float[] gradient = args.in(1);
          float[] first = args.in(2);
          float[] second = args.in(3);
          float scale = args.in(4)[0];
          float rate = args.in(5)[0];
          if (scale == 0) {
            return;
          }
          for (int i = 0; i < size; i++) {
            float g = scale * gradient[i];
            first[i] = op.beta1() * first[i] + (1 - op.beta1()) * g;
            second[i] = op.beta2() * second[i] + (1 - op.beta2()) * g * g;
            float step = first[i] / args.in(6)[0];
            float root = (float) Math.sqrt(second[i] / args.in(6)[1]);
            parameter[i] -= rate * (step / (root + op.epsilon()) + op.decay() * parameter[i]);
          }
        });
  }

  static HostKernel movingAverage(OpKey key) {
    int size = key.input(0).floats();
    return new SlicedKernel(
        1,
        (args, slice) -> {
          float[] average = args.in(0);
          float rate = args.in(2)[0];
          for (int i = 0; i < size; i++) {
            average[i] += rate * (args.in(1)[i] - average[i]);
          }
        });
  }
}
