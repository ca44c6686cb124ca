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

/** Optimizer steps and moving averages: dense values, modified in place. */
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
            float[] p = args.in(0);
            float[] g = args.in(1);
            float[] v = args.in(2);
            int i = sgdVectors(op, p, g, v, scale, args.in(4)[0], from, to);
            sgdRest(op, p, g, v, scale, args.in(4)[0], i, to);
          }
        });
  }

  private static int sgdVectors(
      Sgd op, float[] p, float[] g, float[] v, float scale, float rate, int from, int to) {
    FloatVector scales = FloatVector.broadcast(S, scale);
    FloatVector rates = FloatVector.broadcast(S, -rate);
    FloatVector decays = FloatVector.broadcast(S, op.decay());
    FloatVector momenta = FloatVector.broadcast(S, op.momentum());
    boolean nesterov = op.nesterov();
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector parameter = FloatVector.fromArray(S, p, i);
      FloatVector gradient = FloatVector.fromArray(S, g, i).fma(scales, parameter.mul(decays));
      FloatVector velocity = FloatVector.fromArray(S, v, i).fma(momenta, gradient);
      velocity.intoArray(v, i);
      FloatVector step = nesterov ? velocity.fma(momenta, gradient) : velocity;
      step.fma(rates, parameter).intoArray(p, i);
    }
    return i;
  }

  private static void sgdRest(
      Sgd op, float[] p, float[] g, float[] v, float scale, float rate, int from, int to) {
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i] + op.decay() * p[i];
      v[i] = op.momentum() * v[i] + gradient;
      p[i] -= rate * (op.nesterov() ? gradient + op.momentum() * v[i] : v[i]);
    }
  }

  /** See {@link Adam}. */
  static HostKernel adam(Adam op, OpKey key) {
    return new Ranges(
        key.input(0).floats(),
        (args, from, to) -> {
          float scale = args.in(4)[0];
          if (scale != 0) {
            float rate = args.in(5)[0];
            int i = adamVectors(op, args, scale, rate, from, to);
            adamRest(op, args, scale, rate, i, to);
          }
        });
  }

  private static int adamVectors(Adam op, Args args, float scale, float rate, int from, int to) {
    float[] p = args.in(0);
    float[] g = args.in(1);
    float[] m = args.in(2);
    float[] v = args.in(3);
    FloatVector correction1 = FloatVector.broadcast(S, args.in(6)[0]);
    FloatVector correction2 = FloatVector.broadcast(S, args.in(6)[1]);
    FloatVector beta1 = FloatVector.broadcast(S, op.beta1());
    FloatVector beta2 = FloatVector.broadcast(S, op.beta2());
    FloatVector decays = FloatVector.broadcast(S, op.decay());
    FloatVector rates = FloatVector.broadcast(S, -rate);
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(S, g, i).mul(scale);
      FloatVector first = FloatVector.fromArray(S, m, i).fma(beta1, gradient.mul(1 - op.beta1()));
      FloatVector second =
          FloatVector.fromArray(S, v, i).fma(beta2, gradient.mul(gradient).mul(1 - op.beta2()));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector parameter = FloatVector.fromArray(S, p, i);
      FloatVector root = second.div(correction2).sqrt().add(op.epsilon());
      FloatVector step = parameter.fma(decays, first.div(correction1).div(root));
      step.fma(rates, parameter).intoArray(p, i);
    }
    return i;
  }

  private static void adamRest(Adam op, Args args, float scale, float rate, int from, int to) {
    float[] p = args.in(0);
    float[] g = args.in(1);
    float[] m = args.in(2);
    float[] v = args.in(3);
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i];
      m[i] = op.beta1() * m[i] + (1 - op.beta1()) * gradient;
      v[i] = op.beta2() * v[i] + (1 - op.beta2()) * gradient * gradient;
      float root = (float) Math.sqrt(v[i] / args.in(6)[1]);
      p[i] -= rate * (m[i] / args.in(6)[0] / (root + op.epsilon()) + op.decay() * p[i]);
    }
  }

  /** {@code average += rate · (value − average)}. */
  static HostKernel movingAverage(OpKey key) {
    return new Ranges(
        key.input(0).floats(),
        (args, from, to) -> {
          float[] average = args.in(0);
          float[] value = args.in(1);
          float rate = args.in(2)[0];
          int i = from;
          for (; i <= to - LANES; i += LANES) {
            FloatVector old = FloatVector.fromArray(S, average, i);
            FloatVector.fromArray(S, value, i)
                .sub(old)
                .fma(FloatVector.broadcast(S, rate), old)
                .intoArray(average, i);
          }
          for (; i < to; i++) {
            average[i] += rate * (value[i] - average[i]);
          }
        });
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
