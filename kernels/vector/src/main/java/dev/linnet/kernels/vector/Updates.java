package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Sgd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Optimizer steps and moving averages: dense values, modified in place. Their loops are plain Java,
 * which C2 makes vectors of by itself; many parameters have few elements.
 */
final class Updates {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** Parameters that are worth a slice. */
  private static final int SLICE = 32_768;

  /** Elements whose squares are summed in float. */
  private static final int BLOCK = 1024;

  private Updates() {}

  private interface Part {
    void run(Args args, int from, int to);
  }

  /** Work on ranges of elements. */
  private record Ranges(int size, Part part) implements HostKernel {
    @Override
    public int slices(int pass) {
      return Math.max(1, size / SLICE);
    }

    @Override
    public void run(Args args, int pass, int slice) {
      int slices = slices(0);
      part.run(args, Spans.first(size, slice, slices), Spans.first(size, slice + 1, slices));
    }
  }

  /** See {@link Sgd}. */
  static HostKernel sgd(Sgd op, OpKey key) {
    return new Ranges(
        key.input(0).floats(),
        (args, from, to) -> {
          float scale = args.in(3)[0];
          if (scale != 0) {
            sgd(op, args.in(0), args.in(1), args.in(2), scale, args.in(4)[0], from, to);
          }
        });
  }

  private static void sgd(
      Sgd op, float[] p, float[] g, float[] v, float scale, float rate, int from, int to) {
    float decay = op.decay();
    float momentum = op.momentum();
    float ahead = op.nesterov() ? momentum : 1; // of the velocity, and of the gradient below
    float now = op.nesterov() ? 1 : 0;
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i] + decay * p[i];
      float velocity = momentum * v[i] + gradient;
      v[i] = velocity;
      p[i] -= rate * (now * gradient + ahead * velocity);
    }
  }

  /** See {@link Adam}. */
  static HostKernel adam(Adam op, OpKey key) {
    return new Ranges(
        key.input(0).floats(),
        (args, from, to) -> {
          float scale = args.in(4)[0];
          if (scale != 0) {
            adam(op, args, scale, args.in(5)[0], from, to);
          }
        });
  }

  private static void adam(Adam op, Args args, float scale, float rate, int from, int to) {
    float[] p = args.in(0);
    float[] g = args.in(1);
    float[] m = args.in(2);
    float[] v = args.in(3);
    float correction1 = args.in(6)[0];
    float correction2 = args.in(6)[1];
    float beta1 = op.beta1();
    float beta2 = op.beta2();
    float decay = op.decay();
    float epsilon = op.epsilon();
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i];
      float first = beta1 * m[i] + (1 - beta1) * gradient;
      float second = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      m[i] = first;
      v[i] = second;
      float root = (float) Math.sqrt(second / correction2);
      p[i] -= rate * (first / correction1 / (root + epsilon) + decay * p[i]);
    }
  }

  /** {@code average += rate · (value − average)}. */
  static HostKernel movingAverage(OpKey key) {
    return new Ranges(
        key.input(0).floats(),
        (args, from, to) -> average(args.in(0), args.in(1), args.in(2)[0], from, to));
  }

  private static void average(float[] average, float[] value, float rate, int from, int to) {
    for (int i = from; i < to; i++) {
      average[i] += rate * (value[i] - average[i]);
    }
  }

  /** The factor that clips the norm of all gradients; 0 where it is not finite. One slice. */
  static HostKernel gradientScale(GradientScale op, OpKey key) {
    return new Ranges(
        1,
        (args, from, to) -> {
          double squares = 0;
          for (int i = 0; i < args.size(); i++) {
            int size = key.input(i).floats();
            for (int start = 0; start < size; start += BLOCK) {
              squares += squares(args.in(i), start, Math.min(size, start + BLOCK));
            }
          }
          double norm = Math.sqrt(squares);
          double scale = Math.min(1, op.maxNorm() / norm); // 1 where the norm is 0
          args.out()[0] = Double.isFinite(norm) ? (float) scale : 0;
        });
  }

  /** The sum of squares of a block: short enough for float, the blocks are added up in double. */
  private static double squares(float[] x, int from, int to) {
    double sum = 0;
    int i = from;
    if (to - from >= 2 * LANES) {
      FloatVector a = FloatVector.zero(S);
      FloatVector b = FloatVector.zero(S);
      do { // at least once, or JDK 17 boxes the sums
        FloatVector xa = FloatVector.fromArray(S, x, i);
        FloatVector xb = FloatVector.fromArray(S, x, i + LANES);
        a = xa.fma(xa, a);
        b = xb.fma(xb, b);
        i += 2 * LANES;
      } while (i <= to - 2 * LANES);
      sum = a.add(b).reduceLanes(VectorOperators.ADD);
    }
    for (; i < to; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }
}
